export * from '../bundle/abi.ts';
