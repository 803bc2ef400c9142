import { memoryDocuments } from '../../../../src/cluster/adapters/memory/documents.ts';
import { documentsContract } from '../../../contracts/documents.ts';

documentsContract(async () => memoryDocuments());
