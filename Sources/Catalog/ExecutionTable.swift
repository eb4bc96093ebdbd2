/// Constants of one GEMM per accelerator and input type.
///
/// Fitted on measured tables; the form is in `GEMMConstants`. `basis` is `measured`, `borrowed NAME`
/// or `default` (the values recommended for an accelerator without measurements). The B200 rows
/// were fitted at 8.0 TB/s. `layers` marks a fit on layer tables of a whole model.
let gemmTable = #"""
  accelerator,dtype,ec,em,t0_us,p,k0,l2_share,cq_bytes,error_pct,error_cv_pct,error_p90_pct,basis,source
  A100-40GB,bf16,0.89,0.77,7.5,2.2,200,0.27,,,,,borrowed A100-80GB,calibration
  A100-80GB,bf16,0.89,0.77,7.5,2.2,200,0.27,,6.9,7.0,14.3,measured,calibration
  A100-80GB-PCIe,bf16,0.89,0.77,7.5,2.2,200,0.27,,,,,borrowed A100-80GB,calibration
  H100,bf16,0.84,0.88,3.6,5.5,130,0.05,,6.3,6.5,12.8,measured,calibration
  H100,fp8,0.78,0.83,5.9,3.7,,0.07,9.7,11.3,12.0,25.6,measured,calibration
  H100-PCIe,bf16,0.84,0.88,3.6,5.5,130,0.05,,,,,borrowed H100,calibration
  H100-PCIe,fp8,0.78,0.83,5.9,3.7,,0.07,9.7,,,,borrowed H100,calibration
  H100-NVL,bf16,0.84,0.88,3.6,5.5,130,0.05,,,,,borrowed H100,calibration
  H100-NVL,fp8,0.78,0.83,5.9,3.7,,0.07,9.7,,,,borrowed H100,calibration
  H200,bf16,0.83,0.84,3.8,5.8,80,0.04,,6.8,7.0,13.3,measured,calibration
  H200,fp8,0.88,0.79,6.5,3.8,,0.07,13.8,12.0,13.1,29.5,measured,calibration
  B200,bf16,0.71,0.80,3.5,3.7,0,0.02,,8.6,8.7,19.5,measured,calibration
  B200,fp8,0.76,0.70,6.2,2.2,,0.05,18.6,18.8,21.6,50.9,measured,calibration
  L4,bf16,0.65,0.82,4,3,,,,,,,default,calibration
  L4,fp8,0.65,0.82,4,3,,,,,,,default,calibration
  L40S,bf16,0.66,0.78,3.7,4.2,147,0.155,,10.8,11.0,21.2,measured,calibration
  L40S,fp8,0.66,0.70,5.4,7,1170,0.15,3.7,13.2,15.3,35.1,measured,calibration
  T4,bf16,0.65,0.82,4,3,,,,,,,default,calibration
  A10G,bf16,0.65,0.82,4,3,,,,,,,default,calibration
  RTX-4090,bf16,0.97,0.94,5.5,2.3,,,,3.6,,,measured layers,calibration
  RTX-4090,fp8,0.65,0.82,4,3,,,,,,,default,calibration
  RTX-PRO-6000,bf16,0.87,0.89,6.0,1.5,,,,6.6,,,measured layers,calibration
  RTX-PRO-6000,fp8,0.70,0.82,4,3,,,,,,,default,calibration
  """#

/// Constants of causal prefill attention; the form is in `PrefillAttentionConstants`.
let prefillAttentionTable = #"""
  accelerator,ea,em,t0_us,tb_us,l2_share,w,error_pct,error_cv_pct,basis,source
  A100-40GB,0.60,0.44,11.7,1.07,0.15,0.76,,,borrowed A100-80GB,calibration
  A100-80GB,0.60,0.44,11.7,1.07,0.15,0.76,8.4,9.0,measured,calibration
  A100-80GB-PCIe,0.60,0.44,11.7,1.07,0.15,0.76,,,borrowed A100-80GB,calibration
  H100,0.71,0.45,13.5,0.39,0.32,0.28,7.2,7.9,measured,calibration
  H100-PCIe,0.71,0.45,13.5,0.39,0.32,0.28,,,borrowed H100,calibration
  H100-NVL,0.71,0.45,13.5,0.39,0.32,0.28,,,borrowed H100,calibration
  H200,0.69,0.33,13.3,0.38,0.28,0.22,7.1,7.8,measured,calibration
  B200,0.65,0.29,10.6,0.26,0,1.94,11.3,11.8,measured,calibration
  L4,0.59,0.81,8.2,1.10,0.82,0.80,,,borrowed L40S,calibration
  L40S,0.59,0.81,8.2,1.10,0.82,0.80,10.9,11.2,measured,calibration
  T4,0.59,0.81,8.2,1.10,0.82,0.80,,,borrowed L40S,calibration
  A10G,0.59,0.81,8.2,1.10,0.82,0.80,,,borrowed L40S,calibration
  RTX-4090,0.58,0.81,7,1.10,0.82,0.80,,,borrowed RTX-PRO-6000 and L40S,calibration
  RTX-PRO-6000,0.58,0.81,7,1.10,0.82,0.80,,,measured ea and t0; the rest borrowed L40S,calibration
  """#

/// Constants of decode attention; the form is in `DecodeAttentionConstants`.
///
/// `c` is in TB/s. `step_kv_rate` is the share of the memory bandwidth at which a whole model reads
/// its cold KV cache: a model step uses it instead of `em`, `c` and the L2 term.
let decodeAttentionTable = #"""
  accelerator,em,t0_us,tb_us,l2_share,c,p,t1_us,step_kv_rate,error_pct,error_cv_pct,basis,source
  A100-40GB,0.88,16.4,4.1,0.10,8.6,3.0,4.3,0.85,,,borrowed A100-80GB,calibration
  A100-80GB,0.88,16.4,4.1,0.10,8.6,3.0,4.3,0.85,9.2,10.1,measured,calibration
  A100-80GB-PCIe,0.88,16.4,4.1,0.10,8.6,3.0,4.3,0.85,,,borrowed A100-80GB,calibration
  H100,1.28,11.3,3.5,0.81,9.8,1.7,1.9,0.85,5.8,5.9,measured,calibration
  H100-PCIe,1.28,11.3,3.5,0.81,9.8,1.7,1.9,0.85,,,borrowed H100,calibration
  H100-NVL,1.28,11.3,3.5,0.81,9.8,1.7,1.9,0.85,,,borrowed H100,calibration
  H200,1.77,11.2,3.5,0.77,7.9,1.6,1.9,0.85,5.5,5.6,measured,calibration
  B200,1.41,8.8,1.7,0.64,18.0,6.3,1.3,0.85,5.6,5.6,measured,calibration
  L4,0.92,9.9,4.2,1.37,4.3,2.1,4.5,0.85,,,borrowed L40S,calibration
  L40S,0.92,9.9,4.2,1.37,4.3,2.1,4.5,0.85,11.7,12.6,measured,calibration
  T4,0.92,9.9,4.2,1.37,4.3,2.1,4.5,0.85,,,borrowed L40S,calibration
  A10G,0.92,9.9,4.2,1.37,4.3,2.1,4.5,0.85,,,borrowed L40S,calibration
  RTX-4090,0.92,7,2.56,0,1000,2.1,0,0.95,,,measured step_kv_rate and tb; the rest borrowed L40S,calibration
  RTX-PRO-6000,0.92,7,3.76,0,1000,2.1,0,0.85,,,measured step_kv_rate and tb; the rest borrowed L40S,calibration
  """#

/// Constants of collectives; the form is in `CollectiveConstants`.
///
/// `group` is 0 where one formula serves every group size. PCIe has constants per group size,
/// because pairs share a switch and more devices cross the host. `custom` is a kernel in a graph.
let collectivesTable = #"""
  accelerator,operation,backend,group,l0_us,l1_us,e,p,error_pct,basis,source
  A100-80GB,all-reduce,custom,0,4.5,0.20,0.68,0.70,10.4,measured,calibration
  A100-80GB,all-reduce,nccl,0,8.8,1.70,0.74,0.60,7.2,measured,calibration
  A100-80GB,all-gather,nccl,0,8.7,0.74,0.72,0.53,9.2,measured,calibration
  A100-80GB,reduce-scatter,nccl,0,8.6,0.73,0.75,0.55,7.5,measured,calibration
  A100-80GB,all-to-all,nccl,0,11.3,0.15,0.72,0.57,6.4,measured,calibration
  H100,all-reduce,custom,0,4.0,0.13,0.79,0.69,9.0,measured,calibration
  H100,all-reduce,nccl,0,4.9,1.51,0.82,0.64,7.7,measured,calibration
  H100,all-gather,nccl,0,4.7,0.78,0.76,0.59,7.7,measured,calibration
  H100,reduce-scatter,nccl,0,5.0,0.73,0.71,0.67,7.9,measured,calibration
  H100,all-to-all,nccl,0,6.8,0.09,0.75,0.58,11.6,measured,calibration
  H200,all-reduce,custom,0,4.2,0.10,0.80,0.71,8.4,measured,calibration
  H200,all-reduce,nccl,0,4.8,1.61,0.82,0.66,7.7,measured,calibration
  H200,all-gather,nccl,0,4.5,0.94,0.76,0.61,9.2,measured,calibration
  H200,reduce-scatter,nccl,0,4.7,0.83,0.72,0.67,8.3,measured,calibration
  H200,all-to-all,nccl,0,6.7,0.15,0.77,0.59,10.1,measured,calibration
  B200,all-reduce,custom,0,6.4,0.12,0.76,0.56,9.7,measured,calibration
  B200,all-reduce,nccl,0,7.7,2.49,0.74,0.65,7.3,measured,calibration
  B200,all-gather,nccl,0,7.8,1.19,0.76,0.59,9.4,measured,calibration
  B200,reduce-scatter,nccl,0,7.9,1.18,0.71,0.63,8.4,measured,calibration
  B200,all-to-all,nccl,0,9.7,0.18,0.76,0.53,10.1,measured,calibration
  L40S,all-reduce,custom,2,5.3,0,0.59,1.0,2,measured,calibration
  L40S,all-reduce,custom,4,13,0,0.12,1.2,3,measured,calibration
  L40S,all-reduce,custom,8,25,0,0.06,1.7,7,measured,calibration
  L40S,all-reduce,nccl,2,5.6,0,0.65,0.64,6,measured,calibration
  L40S,all-reduce,nccl,4,11.5,0,0.16,1.0,4,measured,calibration
  L40S,all-reduce,nccl,8,20,0,0.05,0.87,13,measured,calibration
  """#

/// Constants of one engine step per accelerator; the form is in `StepConstants`.
///
/// For the two cards with layer tables they are read from those tables; elsewhere the GEMM floor
/// and efficiencies are those of the GEMM fit, the attention floor that of decode attention.
let stepTable = #"""
  accelerator,bandwidth_gb_s,ec,em,p,ea,gemm_floor_us,elementwise_floor_us,attention_floor_us,host_ms,sampler_us,sequence_us,basis,source
  A100-40GB,1555,0.89,0.77,2.2,0.60,7.5,2.3,16.4,0.6,25,1.2,borrowed A100-80GB,calibration
  A100-80GB,2039,0.89,0.77,2.2,0.60,7.5,2.3,16.4,0.6,25,1.2,measured kernels; host borrowed RTX-PRO-6000,calibration
  A100-80GB-PCIe,1935,0.89,0.77,2.2,0.60,7.5,2.3,16.4,0.6,25,1.2,borrowed A100-80GB,calibration
  H100,3350,0.84,0.88,5.5,0.71,3.6,2.3,11.3,0.6,25,1.2,measured kernels; host borrowed RTX-PRO-6000,calibration
  H100-PCIe,2000,0.84,0.88,5.5,0.71,3.6,2.3,11.3,0.6,25,1.2,borrowed H100,calibration
  H100-NVL,3938,0.84,0.88,5.5,0.71,3.6,2.3,11.3,0.6,25,1.2,borrowed H100,calibration
  H200,4800,0.83,0.84,5.8,0.69,3.8,2.3,11.2,0.6,25,1.2,measured kernels; host borrowed RTX-PRO-6000,calibration
  B200,8000,0.71,0.80,3.7,0.65,3.5,2.3,8.8,0.6,25,1.2,measured kernels; host borrowed RTX-PRO-6000,calibration
  L4,300,0.65,0.82,3,0.59,4,2.3,9.9,0.6,25,1.2,default,calibration
  L40S,864,0.66,0.78,4.2,0.59,3.7,2.3,9.9,0.6,25,1.2,measured kernels; host borrowed RTX-PRO-6000,calibration
  T4,320,0.65,0.82,3,0.59,4,2.3,9.9,0.6,25,1.2,default,calibration
  A10G,600,0.65,0.82,3,0.59,4,2.3,9.9,0.6,25,1.2,default,calibration
  RTX-4090,1008,0.97,0.94,2.3,0.58,5.5,2.3,7,0.6,25,1.2,measured layers; ea borrowed RTX-PRO-6000,calibration
  RTX-PRO-6000,1792,0.87,0.86,1.6,0.58,5.5,2.3,7,0.6,25,1.2,measured layers,calibration
  """#

/// Overheads of a serving stack, fitted on measured rows of models of 32B and more.
///
/// For models under 10B the kernel floors of `stepTable` are nearer.
let stacksTable = #"""
  stack,host_ms,layer_us,moe_layer_us,sequence_us,prefill_step_ms,request_ms,prompt_token_us,look_steps,tpot_error_pct,ttft_error_pct,source
  vLLM,1.2,39,42,36,4.5,20,11,1,6.7,18,calibration
  SGLang,1.2,28,63,36,5,90,19,6,9.5,27,calibration
  TensorRT-LLM,2.0,26,33,12,6,29,4,7,11.9,26,calibration
  """#

/// How wrong a predicted time may be, per accelerator: what reports show beside a result.
///
/// The cross-validated errors of the kernels (GEMM in 16 bit, attention) where measured.
let calibrationErrorTable = #"""
  accelerator,low_pct,high_pct,statement,source
  A100-40GB,10,15,"constants of A100-80GB: expect 10-15 %",calibration
  A100-80GB,7.0,10.1,"GEMM 7.0 %, prefill attention 9.0 %, decode attention 10.1 % (cross-validated)",calibration
  A100-80GB-PCIe,10,15,"constants of A100-80GB: expect 10-15 %",calibration
  H100,5.9,7.9,"GEMM 6.5 %, prefill attention 7.9 %, decode attention 5.9 % (cross-validated)",calibration
  H100-PCIe,10,15,"constants of H100: expect 10-15 %",calibration
  H100-NVL,10,15,"constants of H100: expect 10-15 %",calibration
  H200,5.6,7.8,"GEMM 7.0 %, prefill attention 7.8 %, decode attention 5.6 % (cross-validated)",calibration
  B200,5.6,11.8,"GEMM 8.7 %, prefill attention 11.8 %, decode attention 5.6 % (cross-validated)",calibration
  L4,10,15,"unmeasured: expect 10-15 %",calibration
  L40S,11.0,12.6,"GEMM 11.0 %, prefill attention 11.2 %, decode attention 12.6 % (cross-validated)",calibration
  T4,10,15,"unmeasured: expect 10-15 %",calibration
  A10G,10,15,"unmeasured: expect 10-15 %",calibration
  RTX-4090,3.6,15,"GEMM 3.6 % on layer tables, attention unmeasured: expect up to 15 %",calibration
  RTX-PRO-6000,1.4,6.6,"GEMM 6.6 % on layer tables; a whole measured vLLM run: E2E 2.3 %, TPOT 1.4 %, TTFT 4.5 %",calibration
  """#
