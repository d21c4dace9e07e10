// What the node says of the law, beside api.ts.
import type { components } from '../../generated/api';

type Schemas = components['schemas'];
export type TreatyArticles = Schemas['TreatyArticles'];
export type TreatyArticle = Schemas['TreatyArticle'];
export type TreatyProvision = Schemas['TreatyProvision'];
export type TreatyParameter = Schemas['TreatyParameter'];
export type TreatyCase = Schemas['TreatyCase'];
export type TreatyFact = Schemas['TreatyFact'];
export type TreatyMeasures = Schemas['TreatyMeasures'];
export type TreatyStatus = Schemas['TreatyStatus'];
