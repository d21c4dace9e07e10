import type { components } from '../../generated/api';

type Schemas = components['schemas'];
export type PersonDraft = Schemas['PersonDraft'];
export type PersonLine = Schemas['PersonLine'];
export type PersonRequest = Schemas['PersonRequest'];
export type PersonItem = Schemas['PersonItem'];
export type PersonAnswer = Schemas['PersonAnswer'];
export type PersonTold = Schemas['PersonTold'];
export type Registers = Schemas['Registers'];
export type SenderComment = Schemas['SenderComment'];
export type PaperBlock = Schemas['PaperBlock'];
