// Placeholder so that the empty target builds; removed with the first real file.
