// Cedar (through its WebAssembly) judges twenty rules of the shape that ours have: twelve that permit a
// measure when what it requires is given, eight that forbid. Prints decisions a second.
import { createRequire } from "node:module";

const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");

const measures = ["request", "answer", "refusal", "pursuit", "surveillance", "delivery"];
const attributes = ["personalData", "channelSecure", "urgent", "oral", "confirmed", "agreement", "stopAsked", "ready"];

const permits = measures.flatMap((measure, i) => [
  `permit(principal, action == Action::"${measure}", resource) when { context.purpose <= 3 && context.${attributes[i]} };`,
  `permit(principal, action == Action::"${measure}", resource) when { context.level <= ${i % 5} && context.ready };`,
]);
const forbids = [
  "context.personalData && !context.channelSecure",
  "context.personalData && !context.ready",
  "context.oral && !context.urgent",
  "context.oral && !context.confirmed",
  "context.stopAsked",
  "context.level > 3",
  "context.purpose > 3",
  "context.urgent && !context.agreement",
].map((condition) => `forbid(principal, action, resource) when { ${condition} };`);
const policies = { staticPolicies: [...permits, ...forbids].join("\n") };

let seed = 20261122;
const random = (below) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * below);
};
const cases = Array.from({ length: 256 }, () => ({
  principal: { type: "Party", id: "BG" },
  action: { type: "Action", id: measures[random(measures.length)] },
  resource: { type: "Party", id: "RO" },
  context: {
    purpose: random(5),
    level: random(5),
    ...Object.fromEntries(attributes.map((name) => [name, random(4) > 0])),
  },
  entities: [],
}));

const parsed = cedar.preparsePolicySet("rules", policies);
if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
const decide = (each) =>
  cedar.statefulIsAuthorized({ ...each, preparsedPolicySetId: "rules", validateRequest: false });

let allowed = 0;
for (const each of cases) {
  const answer = decide(each);
  if (answer.type !== "success") throw new Error(JSON.stringify(answer));
  allowed += answer.response.decision === "allow";
}
if (allowed === 0 || allowed === cases.length) throw new Error("the cases show nothing");

let best = 0;
for (let round = 0; round < 7; ++round) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < 2000; ++i) decide(cases[i % cases.length]);
  best = Math.max(best, 2000 / (Number(process.hrtime.bigint() - start) / 1e9));
}
console.log(Math.round(best));
