import type { components } from '../../generated/api';

type Schemas = components['schemas'];
export type SecurityDesk = Schemas['SecurityDesk'];
export type SecurityRules = Schemas['SecurityRules'];
export type SecurityNotice = SecurityDesk['notices'][number];
export type ClassifiedItem = SecurityDesk['items'][number];
export type MarkingMeaning = Schemas['MarkingMeaning'];
export type LevelChangeDraft = Schemas['LevelChangeDraft'];
export type BreachDraft = Schemas['BreachDraft'];
export type SecuritySettlement = Schemas['SecuritySettlement'];
export type ProtectionYear = Schemas['ProtectionYear'];
export type Told = Schemas['Told'];
