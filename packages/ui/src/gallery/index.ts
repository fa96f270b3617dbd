export { DesignGallery } from './design-gallery';
export type { DesignGalleryProps, GalleryView } from './design-gallery';
export { sampleWords } from './words';
