/// Architectures of models, as their configurations state them.
///
/// `parameters` is the published count (the total of the weight files); the count that follows from
/// the shape is checked against it. `extras` names what a family adds: `qkv-bias`, `qk-norm`, and
/// for encoders `biases`, `pooler`, `classifier`, `two-segments`. `gflop_per_item` stands where the
/// cost does not follow from the shape (two operations a multiply-add).
let modelsTable = #"""
  model,kind,layers,hidden,heads,kv_heads,head_dim,mlp,vocabulary,context,embeddings,extras,parameters,gflop_per_item,aliases,date,source,note
  meta-llama/Meta-Llama-3-8B,decoder,32,4096,32,8,128,14336,128256,8192,untied,,8030261248,,llama-3-8b,2024-04-18,model-card,
  meta-llama/Meta-Llama-3-70B,decoder,80,8192,64,8,128,28672,128256,8192,untied,,70553706496,,llama-3-70b,2024-04-18,model-card,
  meta-llama/Llama-3.1-8B,decoder,32,4096,32,8,128,14336,128256,131072,untied,,8030261248,,llama-3.1-8b,2024-07-23,model-card,
  meta-llama/Llama-3.1-70B,decoder,80,8192,64,8,128,28672,128256,131072,untied,,70553706496,,llama-3.1-70b,2024-07-23,model-card,
  meta-llama/Llama-2-70b-hf,decoder,80,8192,64,8,128,28672,32000,4096,untied,,68976648192,,llama-2-70b,2023-07-18,model-card,
  mistralai/Mistral-7B-v0.1,decoder,32,4096,32,8,128,14336,32000,32768,untied,,7241732096,,mistral-7b,2023-09-27,model-card,
  mistralai/Mistral-7B-v0.3,decoder,32,4096,32,8,128,14336,32768,32768,untied,,7248023552,,mistral-7b-v0.3,2024-05-22,model-card,
  Qwen/Qwen2.5-0.5B,decoder,24,896,14,2,64,4864,151936,32768,tied,qkv-bias,494032768,,qwen2.5-0.5b,2024-09-19,model-card,
  Qwen/Qwen2.5-1.5B,decoder,28,1536,12,2,128,8960,151936,32768,tied,qkv-bias,1543714304,,qwen2.5-1.5b,2024-09-19,model-card,
  Qwen/Qwen2.5-3B,decoder,36,2048,16,2,128,11008,151936,32768,tied,qkv-bias,3085938688,,qwen2.5-3b,2024-09-19,model-card,
  Qwen/Qwen2.5-7B,decoder,28,3584,28,4,128,18944,152064,131072,untied,qkv-bias,7615616512,,qwen2.5-7b,2024-09-19,model-card,
  Qwen/Qwen2.5-14B,decoder,48,5120,40,8,128,13824,152064,131072,untied,qkv-bias,14770033664,,qwen2.5-14b,2024-09-19,model-card,
  Qwen/Qwen2.5-32B,decoder,64,5120,40,8,128,27648,152064,131072,untied,qkv-bias,32763876352,,qwen2.5-32b,2024-09-19,model-card,
  Qwen/Qwen2.5-72B,decoder,80,8192,64,8,128,29568,152064,131072,untied,qkv-bias,72706203648,,qwen2.5-72b,2024-09-19,model-card,
  Qwen/Qwen3-0.6B,decoder,28,1024,16,8,128,3072,151936,40960,tied,qk-norm,596049920,,qwen3-0.6b,2025-04-29,model-card,
  Qwen/Qwen3-1.7B,decoder,28,2048,16,8,128,6144,151936,40960,tied,qk-norm,1720574976,,qwen3-1.7b,2025-04-29,model-card,
  Qwen/Qwen3-4B,decoder,36,2560,32,8,128,9728,151936,40960,tied,qk-norm,4022468096,,qwen3-4b,2025-04-29,model-card,
  Qwen/Qwen3-8B,decoder,36,4096,32,8,128,12288,151936,40960,untied,qk-norm,8190735360,,qwen3-8b,2025-04-29,model-card,
  Qwen/Qwen3-14B,decoder,40,5120,40,8,128,17408,151936,40960,untied,qk-norm,14768307200,,qwen3-14b,2025-04-29,model-card,
  Qwen/Qwen3-32B,decoder,64,5120,64,8,128,25600,151936,40960,untied,qk-norm,32762123264,,qwen3-32b,2025-04-29,model-card,
  BAAI/bge-m3,encoder,24,1024,16,16,64,4096,250002,8194,tied,biases|pooler,567754752,,bge-m3,2024-01-30,model-card,XLM-RoBERTa large; 8194 positions with 2 unused
  BAAI/bge-reranker-v2-m3,encoder,24,1024,16,16,64,4096,250002,8194,tied,biases|classifier,567755777,,bge-reranker-v2-m3,2024-03-18,model-card,as bge-m3 with a scoring head
  google-bert/bert-base-uncased,encoder,12,768,12,12,64,3072,30522,512,tied,biases|pooler|two-segments,109482240,,bert-base,2018-10-11,devlin-2018,
  resnet-50,convolution,50,,,,,,,,,,25557032,8.2,,2015-12-10,he-2015,one item is an image of 224 x 224 pixels
  dlrm-criteo-1tb,recommender,8,,,,,,,,,,24036595969,0.00482,dlrm,2019-05-31,naumov-2019,26 tables of width 128 and 187767399 rows in all; MLPs 13-512-256-128 and 479-1024-1024-512-256-1; an item is a user-item pair
  boosted-trees-1000x6,trees,6,,,,,,,,,,127000,0.000012,boosted-trees,2026-11-21,convention,1000 trees of depth 6: 63 splits and 64 leaves each; 12 operations a tree and row
  """#
