// Checks Kubernetes objects (YAML documents on standard input) against the schemas of kubernetes-models, which know wrong
// types, wrong formats and missing required fields. Misspelt fields are not their business: the tests load the same text
// with KubernetesClient, strictly, for those.
//
//   kubectl kustomize k8s/overlays/dev | npm run --silent validate --prefix eng/npm/kubernetes
//
// Exit codes: 0 all valid, 1 some are not (one line an error on standard error), 2 the input is no Kubernetes YAML.
import { text } from "node:stream/consumers";
import { parseAllDocuments } from "yaml";

// Groups that are not Kubernetes' own, and the package that has them.
const packages = new Map([
  ["keda.sh", "@kubernetes-models/keda"],
  ["monitoring.coreos.com", "@kubernetes-models/prometheus-operator"],
]);

async function modelOf({ apiVersion, kind }) {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  const module = `${packages.get(group) ?? "kubernetes-models"}/${apiVersion}`;
  try {
    return (await import(module))[kind];
  } catch (error) {
    if (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
    throw error;
  }
}

// kustomize folds long base64 into lines, which Kubernetes' decoder passes over and the schema's pattern does not.
function unfolded(object) {
  if (object.kind !== "Secret" || !object.data) return object;
  const data = Object.entries(object.data).map(([key, value]) => [key, typeof value === "string" ? value.replaceAll("\n", "") : value]);
  return { ...object, data: Object.fromEntries(data) };
}

async function errorsOf(object) {
  const Model = await modelOf(object);
  if (!Model) return [`no schema is known for ${object.apiVersion} ${object.kind}`];
  try {
    new Model(unfolded(object)).validate();
    return [];
  } catch (error) {
    if (!error.errors) throw error;
    return error.errors.map((e) => `${e.instancePath || "/"} ${e.message}`);
  }
}

const objects = [];
for (const document of parseAllDocuments(await text(process.stdin))) {
  const object = document.errors.length ? undefined : document.toJS();
  if (typeof object?.apiVersion !== "string" || typeof object.kind !== "string") {
    console.error(document.errors[0]?.message ?? "a document has no apiVersion or no kind");
    process.exit(2);
  }
  objects.push(object);
}
if (objects.length === 0) {
  console.error("there is no document on standard input");
  process.exit(2);
}

let failed = false;
for (const object of objects) {
  for (const error of await errorsOf(object)) {
    failed = true;
    console.error(`${object.kind}/${object.metadata?.name ?? "?"}: ${error}`);
  }
}
if (failed) process.exit(1);
console.log(`${objects.length} objects are valid`);
