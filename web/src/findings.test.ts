import { expect, test } from 'vitest';
import type { Finding } from './api';
import { form_field_of, missing_facts, sort_findings, stands_against } from './findings';

const finding = (effect: Finding['effect'], result: Finding['result']): Finding => ({
  provision: `${effect} ${result}`, effect, result, source: 'PCC SEE', facts: ['purpose', 'erase-by'], reason: '',
});

test.each([
  ['requires', 'holds', false], ['requires', 'fails', true], ['requires', 'missing', true],
  ['forbids', 'holds', true], ['forbids', 'fails', false], ['forbids', 'missing', true],
  ['obliges', 'holds', false], ['obliges', 'fails', true],
] as const)('%s that %s stands against: %s', (effect, result, against) => {
  expect(stands_against(finding(effect, result))).toBe(against);
});
test('findings keep the order of the text within their group', () => {
  const findings = [finding('requires', 'holds'), finding('forbids', 'holds'), finding('requires', 'not-applicable'), finding('requires', 'missing')];
  const sorted = sort_findings({ verdict: 'refused', findings, duties: [], deadlines: [], lawVersion: '' });
  expect(sorted.against.map((it) => it.provision)).toEqual(['forbids holds', 'requires missing']);
  expect(sorted.holding.map((it) => it.provision)).toEqual(['requires holds']);
  expect(sorted.idle.map((it) => it.provision)).toEqual(['requires not-applicable']);
});
test('the missing facts are those the node names, or all it read', () => {
  expect(missing_facts({ ...finding('requires', 'missing'), missing: ['erase-by'] })).toEqual(['erase-by']);
  expect(missing_facts(finding('requires', 'missing'))).toEqual(['purpose', 'erase-by']);
  expect(missing_facts(finding('requires', 'fails'))).toEqual([]);
});
test('a fact leads to its field, and one that nobody types to none', () => {
  expect(form_field_of('erase-by')).toBe('eraseBy');
  expect(form_field_of('channel-secure')).toBeNull();
});
