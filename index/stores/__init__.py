"""Where vectors are searched: one interface, FAISS in this process, or Milvus by its address."""
