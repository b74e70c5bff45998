// Reads [{code, svg, precision, effort}] as JSON from standard input and writes the optimised SVGs as a JSON list. The folder
// with node_modules is the only argument.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve(process.argv[2], "package.json"));
const { optimize } = await import(pathToFileURL(require.resolve("svgo")).href);

const jobs = JSON.parse(await text(process.stdin));
const off = { convertPathData: false, convertTransform: false, cleanupNumericValues: false };
const results = jobs.map(({ code, svg, precision, effort }) => {
  const overrides = { inlineStyles: { onlyMatchedOnce: false }, ...(effort === "numbers" ? {} : off) };
  const plugins = [
    ...(effort === "ids"
      ? ["removeDoctype", "removeXMLProcInst", "removeComments", "removeMetadata", "removeEditorsNSData"]
      : [{ name: "preset-default", params: { overrides } }, "convertStyleToAttrs", "removeDimensions"]),
    "removeTitle", // the brief names the flag in its own language
    "removeDesc",
    // A page can have several flags: the ids of each are its own.
    { name: "prefixIds", params: { prefix: `flag-${code.toLowerCase()}`, delim: "-" } },
  ];
  return optimize(svg, { multipass: true, floatPrecision: precision, plugins }).data;
});
process.stdout.write(JSON.stringify(results));
