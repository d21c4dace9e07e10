import type { Decision, Finding } from './api';

/** The field of the request form that gives a fact; null where the officer cannot type it. */
const field_of_fact: Record<string, string> = {
  purpose: 'purpose', kind: 'kind', 'need-ground': 'needGround', offence: 'offence',
  'case-number': 'caseNumber', 'erase-by': 'eraseBy', 'subject-named': 'query', explanation: 'query.text',
  'requested-authority': 'to', urgent: 'urgency',
};

export function form_field_of(fact: string): string | null {
  return field_of_fact[fact] ?? null;
}

/** What stands against it, what supports it, and what does not matter here; each in the text's order. */
export type Sorted = { against: Finding[]; holding: Finding[]; idle: Finding[] };

export function stands_against(finding: Finding): boolean {
  if (finding.result === 'missing') return true;
  return finding.effect === 'forbids' ? finding.result === 'holds' : finding.result === 'fails';
}

export function sort_findings(decision: Decision): Sorted {
  const sorted: Sorted = { against: [], holding: [], idle: [] };
  for (const finding of decision.findings) {
    if (finding.result === 'not-applicable') sorted.idle.push(finding);
    else if (stands_against(finding)) sorted.against.push(finding);
    else sorted.holding.push(finding);
  }
  return sorted;
}

/** The facts a finding lacks; where the node does not say which, all that it reads. */
export function missing_facts(finding: Finding): string[] {
  if (finding.result !== 'missing') return [];
  return finding.missing && finding.missing.length > 0 ? finding.missing : finding.facts;
}
