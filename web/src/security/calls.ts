// What the pages of Article 32 and of the yearly report ask of the node.
import type { Answer, Api } from '../api';
import type { BreachDraft, LevelChangeDraft, MarkingMeaning, ProtectionYear, SecurityDesk, SecurityRules, SecuritySettlement, Told } from './types';

export const read_security = (api: Api): Promise<Answer<SecurityDesk>> => api.call('GET', '/security');
export const read_rules = (api: Api, on: string): Promise<Answer<SecurityRules>> => api.call('GET', `/security/rules?${new URLSearchParams({ on })}`);
export const map_marking = (api: Api, party: string, marking: string, on: string): Promise<Answer<{ meanings: MarkingMeaning[] }>> =>
  api.call('GET', `/security/mapping?${new URLSearchParams({ party, marking, on })}`);
export const change_level = (api: Api, draft: LevelChangeDraft): Promise<Answer<Told>> => api.call('POST', '/security/level-changes', draft);
export const report_breach = (api: Api, draft: BreachDraft): Promise<Answer<Told>> => api.call('POST', '/security/breaches', draft);
export const read_notice = (api: Api, place: number): Promise<Answer<Record<string, unknown>>> => api.call('GET', `/security/notices/${place}`);
export const settle_notice = (api: Api, place: number, draft: SecuritySettlement): Promise<Answer<Told>> =>
  api.call('POST', `/security/notices/${place}/settlement`, draft);
export const read_year = (api: Api, year: number): Promise<Answer<ProtectionYear>> => api.call('GET', `/protection/years/${year}`);
export const year_file = (api: Api, year: number, format: 'pdf' | 'csv', language: string): string => api.address(`/protection/years/${year}/file?format=${format}&language=${language.slice(0, 2)}`);
