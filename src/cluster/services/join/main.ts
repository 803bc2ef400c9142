import { serviceMain } from '../common/service.ts';
import { join } from './join.ts';

await serviceMain('join', join);
