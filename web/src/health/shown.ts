import type { NodeAlarm } from '../api';
import type { Values } from '../words';
import type { HealthKey } from './words';

/** What an alarm says: the key of its sentence and what is filled in. */
export function sentence_of(alarm: NodeAlarm): { key: HealthKey; count: number } {
  const count = alarm.value ?? 0;
  if (alarm.word === 'certificate-ends' && count < 0) return { key: 'health.alarm-certificate-over', count };
  return { key: `health.alarm-${alarm.word}`, count: Math.abs(count) };
}

/** Whether people must act at once: evidence of two histories. */
export const is_grave = (alarm: NodeAlarm): boolean => alarm.word === 'fork' || alarm.word === 'register-contradicts';

/** Microseconds as a number and the unit that a person would use. */
export function span_of(microseconds: number): { amount: number; unit: 'millisecond' | 'second' | 'minute' | 'hour' } {
  const milliseconds = Math.abs(microseconds) / 1000;
  if (milliseconds < 1000) return { amount: Number(milliseconds.toPrecision(2)), unit: 'millisecond' };
  if (milliseconds < 120_000) return { amount: Number((milliseconds / 1000).toPrecision(2)), unit: 'second' };
  if (milliseconds < 7_200_000) return { amount: Math.round(milliseconds / 60_000), unit: 'minute' };
  return { amount: Math.round(milliseconds / 3_600_000), unit: 'hour' };
}

export const mebibytes = (bytes: number): number => Math.round(bytes / 1_048_576);

export type Say = (key: HealthKey, values?: Values) => string;
