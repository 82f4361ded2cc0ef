export { BATCH_FILE, writeBatchReport } from './batch-report';
export { cleanUploads, type CleanUploads } from './clean-uploads';
export { digestFile } from './digest-file';
export { readMappingFile } from './mapping-file';
export { receiveUpload, uploadedFile, type Upload } from './receive-upload';
export { rejectsOf, writeRejectsFile } from './rejects-file';
export { FileUnreadable, RowFile } from './row-file';
export { YamlText, type Position } from './yaml-text';
