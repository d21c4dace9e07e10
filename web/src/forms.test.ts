import { expect, test } from 'vitest';
import type { RequestForms } from './api';
import { given_content, id_of, instant_of, local_time, shown_members } from './forms';

const forms = {
  kinds: [], steps: [], facts: {},
  structs: {
    PersonQuery: {
      members: [
        { name: 'identities', form: 'object', of: 'Identity', items: [0, 20] },
        { name: 'description', form: 'text', optional: true, most: 100 },
      ],
      needs: [],
    },
    Identity: {
      members: [
        { name: 'familyName', form: 'line', optional: true },
        { name: 'nationalities', form: 'state', items: [0, 10] },
        { name: 'attachments', form: 'object', of: 'Attachment', items: [0, 63] },
      ],
      needs: [],
    },
    Request: { members: [{ name: 'person', form: 'object', of: 'PersonQuery', optional: true }], needs: [] },
  },
} as unknown as RequestForms;

test('what was not typed is not sent, what was begun has its lists', () => {
  expect(given_content(forms, 'Request', {})).toEqual({});
  expect(given_content(forms, 'Request', { person: { identities: [{ familyName: '  ' }], description: ' ' } })).toEqual({});
  expect(given_content(forms, 'Request', { person: { identities: [{ familyName: ' Petrov TEST ' }, {}] } })).toEqual({
    person: { identities: [{ familyName: 'Petrov TEST', nationalities: [], attachments: [] }] },
  });
});
test('a form shows what an officer types, in the order of the struct', () => {
  expect(shown_members(forms.structs['Identity']).map((it) => it.name)).toEqual(['familyName', 'nationalities']);
  expect(shown_members(forms.structs['PersonQuery'], ['description']).map((it) => it.name)).toEqual(['description']);
});
test('a path is the id of its element', () => {
  expect(id_of('query.person.identities[0].kind')).toBe('query-person-identities-0-kind');
  expect(id_of('content.answers[2]')).toBe('content-answers-2');
});
test('a civil time is that of the zone, on both sides of a change of the clocks', () => {
  for (const local of ['2026-03-29T02:30', '2026-03-29T04:30', '2026-10-25T05:00', '2026-07-01T00:00', '2026-12-31T23:59']) {
    expect(local_time(instant_of(local, 'Europe/Sofia'), 'Europe/Sofia')).toBe(local);
  }
  expect(instant_of('2026-04-17T12:14', 'Europe/Sofia')).toBe('2026-04-17T09:14:00.000000Z');
  expect(instant_of('', 'Europe/Sofia')).toBeUndefined();
  expect(local_time('nonsense', 'Europe/Sofia')).toBe('');
});
