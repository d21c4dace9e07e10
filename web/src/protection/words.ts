import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { persons as english_of_persons } from '../words/en/persons';
import { rights as english } from '../words/en/rights';

export type RightsKey = keyof typeof english;

/** The words of data protection in the language that the desk shows now. */
export const rights_words =
  (desk: Desk) =>
  (key: RightsKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);

export type PersonsKey = keyof typeof english_of_persons;

/** The words of persons' requests. */
export const persons_words =
  (desk: Desk) =>
  (key: PersonsKey, values?: Values): string =>
    said(desk.later(key) ?? english_of_persons[key], desk.language, values);
