import { forms } from './forms';
import { health } from './health';
import { treaty } from './treaty';

export const words = { ...forms, ...health, ...treaty };
