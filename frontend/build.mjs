// Builds what browsers get from packages of npm into the portal's static files, with licences and a sha256 manifest.
// Run by `make frontend`; the result is committed, so that whoever installs Vekha needs no Node.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);
const OUT = join(ROOT, "src/vekha_portal/ui/static/vendor");
const AXE = join(ROOT, "tests/browser/vendor");
const LICENCE_FILES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENSE-MIT", "NOTICE"];
const MODULES = join(HERE, "node_modules");

// htmx offers to run text as a program (hx-on, filters, js: values). The portal forbids it in its policy; here it is taken out.
const HTMX_EVAL = [
  ["return eval(str)", "throw new Error('htmx: eval is taken out')"],
  ["func = new Function('event', code)", "throw new Error('htmx: hx-on is taken out')"],
  ["return Function(conditionalSource)()", "throw new Error('htmx: filters of triggers are taken out')"],
  ["return Function('event', 'return (' + str + ')').call(elt, event)", "throw new Error('htmx: js: values are taken out')"],
  ["return Function('return (' + str + ')').call(elt)", "throw new Error('htmx: js: values are taken out')"],
];

const withoutEval = {
  name: "without-eval",
  setup(build) {
    build.onLoad({ filter: /htmx\.esm\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [found, instead] of HTMX_EVAL) {
        if (contents.split(found).length !== 2) throw new Error(`htmx has changed: «${found}» stands not exactly once`);
        contents = contents.replace(found, instead);
      }
      return { contents, loader: "js" };
    });
  },
};

// Pictures inside style sheets become files: the policy then needs no `data:`.
const pictures = new Map();
const picturesApart = {
  name: "pictures-apart",
  setup(build) {
    build.onLoad({ filter: /tabler\.css$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source.replace(/url\("data:image\/svg\+xml,([^"]*)"\)/g, (_, encoded) => {
        const svg = decodeURIComponent(encoded.replace(/%(?![0-9a-f]{2})/gi, "%25"));
        const name = `${digest(svg).slice(0, 12)}.svg`;
        pictures.set(name, svg);
        return `url("img/${name}")`;
      });
      if (contents.includes("url(data:") || contents.includes('url("data:')) throw new Error("a picture is left inside the style sheet");
      return { contents, loader: "css" };
    });
  },
};

function digest(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

async function bundle() {
  const result = await esbuild.build({
    absWorkingDir: HERE,
    entryPoints: { htmx: "entries/htmx.js", echarts: "entries/echarts.js", fullcalendar: "entries/fullcalendar.js", tabler: "entries/tabler.css" },
    outdir: OUT,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome109", "firefox115", "safari16"],
    external: ["img/*"],
    charset: "utf8",
    legalComments: "none",
    sourcemap: false,
    metafile: true,
    plugins: [withoutEval, picturesApart],
    logLevel: "warning",
  });
  return packagesOf(Object.keys(result.metafile.inputs));
}

function packagesOf(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) names.add(found[1]);
  }
  return names;
}

async function sprite() {
  const names = (await readFile(join(HERE, "icons.txt"), "utf8")).split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = [];
  for (const name of [...new Set(names)].sort()) {
    const svg = await readFile(join(MODULES, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)[1].replace(/\s*\n\s*/g, "");
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${inside}</symbol>`);
  }
  await writeFile(join(OUT, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

async function licences(names, folder) {
  const packages = {};
  await mkdir(folder, { recursive: true });
  for (const name of [...names].sort()) {
    const about = JSON.parse(await readFile(join(MODULES, name, "package.json"), "utf8"));
    const texts = [];
    for (const file of await readdir(join(MODULES, name))) {
      if (LICENCE_FILES.includes(file)) texts.push((await readFile(join(MODULES, name, file), "utf8")).trim());
    }
    const file = `${name.replace("@", "").replace("/", "-")}.txt`;
    if (texts.length === 0) texts.push(await readFile(join(HERE, "licences", file), "utf8"));
    await writeFile(join(folder, file), `${name} ${about.version} (${about.license})\n\n${texts.join("\n\n").replaceAll("\r\n", "\n").trim()}\n`);
    packages[name] = { version: about.version, licence: about.license, text: file };
  }
  return packages;
}

async function* filesBelow(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

async function manifest(folder, packages) {
  const files = {};
  const paths = [];
  for await (const path of filesBelow(folder)) paths.push(path);
  for (const path of paths.sort()) {
    const bytes = await readFile(path);
    files[relative(folder, path)] = { sha256: digest(bytes), bytes: bytes.length };
  }
  await writeFile(join(folder, "manifest.json"), `${JSON.stringify({ packages, files }, null, 2)}\n`);
}

await rm(OUT, { recursive: true, force: true });
await rm(AXE, { recursive: true, force: true });
await mkdir(join(OUT, "img"), { recursive: true });
await mkdir(AXE, { recursive: true });
const used = await bundle();
for (const [name, svg] of pictures) await writeFile(join(OUT, "img", name), svg);
await sprite();
used.add("@tabler/icons");
await manifest(OUT, await licences(used, join(OUT, "licences")));
await cp(join(MODULES, "axe-core/axe.min.js"), join(AXE, "axe.min.js"));
await manifest(AXE, await licences(["axe-core"], join(AXE, "licences")));
