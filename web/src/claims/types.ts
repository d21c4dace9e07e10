import type { components } from '../../generated/api';

type Schemas = components['schemas'];
export type CostDraft = Schemas['CostDraft'];
export type CostFinding = Schemas['CostFinding'];
export type Cost = Schemas['Cost'];
export type Claim = Schemas['Claim'];
export type Claims = Schemas['Claims'];
export type ClaimEntry = Claim['entries'][number];
export type CaseCosts = Schemas['CaseCosts'];
export type ClaimStep = Schemas['ClaimStep'];
export type ClaimStepTaken = Schemas['ClaimStepTaken'];
export type Difference = Claims['differences'][number];

/** What an officer may enter, in the order of the articles. */
export const kinds = [
  'identification', 'sampling', 'witness-living', 'witness-staff', 'investigator-asked-for', 'damage-by-officials', 'damage-by-data', 'common-centre', 'other',
] as const;
/** ISO 4217, as the ledger keeps them. */
export const currencies = ['EUR', 'ALL', 'BAM', 'BGN', 'CHF', 'GBP', 'HUF', 'MDL', 'MKD', 'RON', 'RSD', 'TRY', 'USD'] as const;
/** Why an injured person was not paid. */
export const refusals = ['data-right-and-lawful', 'no-damage', 'not-caused-by-data', 'out-of-time', 'other-national-law'] as const;
export const grounds = ['not-owed', 'amount-too-high', 'not-proved', 'already-paid', 'other'] as const;
