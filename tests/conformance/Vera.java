import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * java -cp JARS Vera.java FLAVOUR[,FLAVOUR] FILE...: veraPDF's verdict on each file, for each standard ("ua1", "2a").
 * One line for each, "FLAVOUR[tab]FILE[tab]assertions[tab]compliant"; then one line a broken rule,
 * "FLAVOUR[tab]FILE[tab]clause: message @ place". As many are judged side by side as there are processors.
 */
public class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<Future<String>> verdicts = new ArrayList<>();
        for (String flavour : arguments[0].split(",")) {
            for (int i = 1; i < arguments.length; i++) {
                String file = arguments[i];
                verdicts.add(pool.submit(() -> judge(flavour, file)));
            }
        }
        try {
            for (Future<String> verdict : verdicts) {
                System.out.print(verdict.get());
            }
        } finally {
            pool.shutdownNow(); // else a verdict that fails leaves its threads, and the program, waiting for ever
        }
    }

    private static String judge(String flavour, String file) throws Exception {
        String start = flavour + "\t" + file + "\t";
        PDFAFlavour standard = PDFAFlavour.byFlavourId(flavour);
        try (FileInputStream stream = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, standard);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, String> broken = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    broken.putIfAbsent(
                            assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber(),
                            assertion.getMessage() + " @ " + assertion.getLocation().getContext());
                }
            }
            StringBuilder lines = new StringBuilder();
            lines.append(start + result.getTotalAssertions() + "\t" + result.isCompliant() + "\n");
            broken.forEach((rule, words) -> lines.append(start + rule + ": " + words.replaceAll("\\s+", " ") + "\n"));
            return lines.toString();
        }
    }
}
