// What the desk and the node say to each other of samples, audits and first connections, beside api.ts.
import type { components } from '../../generated/api';

type Schemas = components['schemas'];
export type DnaSample = Schemas['DnaSample'];
export type DnaSampleDraft = Schemas['DnaSampleDraft'];
export type DnaSampleStep = Schemas['DnaSampleStep'];
export type DnaSampleCompared = { rules: string; profiles: number; matches: Schemas['DnaMatch'][]; matchesFound: number };
export type DnaAuditProgress = Schemas['DnaAuditProgress'];
export type DnaRunStep = 'agree' | 'refuse' | 'begin' | 'stop' | 'resume';
export type DnaRunPage = { run: Schemas['DnaRun']; portionsWithHits: { portion: number; profiles: number; hits: number }[] };
export type DnaRunPortion = { matches: Schemas['DnaMatch'][]; confirmations: Schemas['DnaCase']['confirmations'] };
