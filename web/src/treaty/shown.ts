import type { TreatyFact, TreatyParameter } from '../api';
import type { Desk } from '../desk.svelte';
import { is_key } from '../words';
import { is_treaty_key, treaty_words } from './words';

/** A word of a fact in the officer's language; one that no catalogue has is shown itself. */
export function word_shown(desk: Desk, fact: string, word: string): string {
  const { label } = treaty_words(desk);
  const group = { 'need-ground': 'needGround', 'refusal-ground': 'ground' }[fact] ?? fact;
  if (is_treaty_key(`word.${fact}.${word}`)) return label('word', `${fact}.${word}`);
  return is_key(`${group}.${word}`) ? desk.label(group, word) : (desk.law_word(fact, word) ?? word);
}

/** What was told of a fact, as an officer reads it. */
export function fact_shown(desk: Desk, facts: TreatyFact[], name: string, value: unknown): string {
  const { say } = treaty_words(desk);
  if (typeof value === 'boolean') return say(value ? 'treaty.yes' : 'treaty.no');
  const text = String(value);
  const type = facts.find((it) => it.name === name)?.type;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return desk.date(text);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return desk.moment(text);
  if (type !== 'text' && type !== 'word' && type !== undefined) return text;
  // What an official wrote, where it is no word of a list.
  const word = word_shown(desk, name, text);
  return word === text ? desk.case_said(text).text : word;
}

/** Since when and until when a row of the data holds. */
export function time_shown(desk: Desk, it: TreatyParameter): string {
  const { say } = treaty_words(desk);
  const from = it.certainFrom
    ? say('treaty.from-between', { from: desk.date(it.from), to: desk.date(it.certainFrom) })
    : say('treaty.from', { date: desk.date(it.from) });
  return it.until ? `${from} ${say('treaty.until', { date: desk.date(it.until) })}` : from;
}
