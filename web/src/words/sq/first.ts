import { desk } from './desk';
import { law } from './law';

export const words = { ...desk, ...law };
