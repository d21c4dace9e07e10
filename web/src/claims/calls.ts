import type { Answer, Api } from '../api';
import type { CaseCosts, Claim, Claims, ClaimStep, ClaimStepTaken, CostDraft, CostFinding } from './types';

const claim_path = (number: string): string => `/claims/${encodeURIComponent(number)}`;
const case_path = (number: string, what: string): string => `/cases/${encodeURIComponent(number)}/${what}`;

export const list_claims = (api: Api): Promise<Answer<Claims>> => api.call('GET', '/claims');
export const read_claim = (api: Api, number: string): Promise<Answer<Claim>> => api.call('GET', claim_path(number));
export const take_claim_step = (api: Api, number: string, step: ClaimStep): Promise<Answer<ClaimStepTaken>> => api.call('POST', `${claim_path(number)}/steps`, step);
export const read_case_costs = (api: Api, number: string): Promise<Answer<CaseCosts>> => api.call('GET', case_path(number, 'costs'));
export const try_cost = (api: Api, number: string, draft: CostDraft): Promise<Answer<CostFinding>> => api.call('POST', case_path(number, 'cost-findings'), draft);
export const enter_cost = (api: Api, number: string, draft: CostDraft): Promise<Answer<CostFinding>> => api.call('POST', case_path(number, 'costs'), draft);
