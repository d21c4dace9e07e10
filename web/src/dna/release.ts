import type { Answer, Api, StepDecision } from '../api';

/** An officer has a comparison made that the node does not answer alone, or a later hit told. */
export const release_result = (api: Api, number: string): Promise<Answer<StepDecision>> =>
  api.call('POST', `/dna/cases/${encodeURIComponent(number)}/results`);
