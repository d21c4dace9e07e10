import { dna } from './dna';
import { forms } from './forms';
import { health } from './health';
import { treaty } from './treaty';

export const words = { ...dna, ...forms, ...health, ...treaty };
