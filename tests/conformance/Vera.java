import java.io.FileInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * java -cp JARS Vera.java FLAVOUR FILE...: veraPDF's verdict on each file, for one standard ("ua1", "2a").
 * One line a file, "FILE[tab]assertions[tab]compliant"; then one line a broken rule, "FILE[tab]clause: message @ place".
 */
public class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            String file = arguments[i];
            try (FileInputStream stream = new FileInputStream(file);
                    PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                System.out.println(file + "\t" + result.getTotalAssertions() + "\t" + result.isCompliant());
                Map<String, String> broken = new LinkedHashMap<>();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                        broken.putIfAbsent(
                                assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber(),
                                assertion.getMessage() + " @ " + assertion.getLocation().getContext());
                    }
                }
                broken.forEach((rule, words) -> System.out.println(file + "\t" + rule + ": " + words.replaceAll("\\s+", " ")));
            }
        }
    }
}
