import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { files as english } from '../words/en/files';

export type FileKey = keyof typeof english;

/** The words of files beside messages in the language that the desk shows now. */
export const file_words =
  (desk: Desk) =>
  (key: FileKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);
