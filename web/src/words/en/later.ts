import { accounts } from './accounts';
import { claims } from './claims';
import { day } from './day';
import { dna } from './dna';
import { files } from './files';
import { forms } from './forms';
import { health } from './health';
import { persons } from './persons';
import { rights } from './rights';
import { run } from './run';
import { security } from './security';
import { treaty } from './treaty';
import { work } from './work';

export const words = { ...accounts, ...claims, ...day, ...dna, ...files, ...forms, ...health, ...persons, ...rights, ...run, ...security, ...treaty, ...work };
