// HF2016: spellings that people use, and what only looks like them.
#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kPlainVariable[] = {
    {"task.yaml", R"~(name: x
resources:
  accelerators: A100:1
envs:
  MODEL: x
  HF_TOKEN: hf_xxx
setup: |
  pip install x
run: |
  python x
)~"},
    {"task.yaml", R"~(envs:
  HF_TOKEN: null
run: python x
)~"},
    {"a.sh", R"~(sky launch -c x task.yaml --env HF_TOKEN
)~"},
    {"a.py", R"~(HuggingFace(entry_point="t.py", hyperparameters={"epochs": 1, "hf_token": os.environ["HF_TOKEN"]})
)~"},
    {"a.py", R"~(sm.create_model(ModelName="m", PrimaryContainer={"Image": i, "Environment": {"HF_TOKEN": token}})
)~"},
    {"a.sh", R"~(sky jobs launch task.yaml --env HF_TOKEN=$HF_TOKEN -y
)~"},
    {"a.sh", R"~(sky serve up x.yaml --env=HF_TOKEN
)~"},
    {"a.py", R"~(import sky
task = sky.Task(run="x", envs={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(import modal
app = modal.App("x")
image = (
    modal.Image.debian_slim()
    .pip_install("x")
    .env({"HF_HOME": "/x", "HF_TOKEN": os.environ["HF_TOKEN"]})
)
)~"},
    {"a.py", R"~(import ray
ray.init(runtime_env={"env_vars": {"HF_TOKEN": os.environ["HF_TOKEN"]}})
)~"},
    {"a.py", R"~(from ray.runtime_env import RuntimeEnv
r = RuntimeEnv(env_vars={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(from sagemaker.huggingface import HuggingFaceModel
hub = {"HF_MODEL_ID": "m", "HUGGING_FACE_HUB_TOKEN": t}
m = HuggingFaceModel(env=hub, role=r)
)~"},
    {"a.py", R"~(from sagemaker.huggingface import HuggingFace
est = HuggingFace(entry_point="t.py", hyperparameters={"hf_token": HfFolder.get_token()})
)~"},
    {"a.py", R"~(est = sagemaker.pytorch.PyTorch(
  environment={"HF_TOKEN": os.environ["HF_TOKEN"]},
)
)~"},
    {"a.sh", R"~(gcloud run services update x --update-env-vars "MODEL=x,HF_TOKEN=${HF_TOKEN}"
)~"},
    {"a.sh", R"~(az containerapp create -n x --env-vars MODEL=x HF_TOKEN=$HF_TOKEN
)~"},
    {"a.sh", R"~(az container create -g g --name n \
  --environment-variables "HF_TOKEN=$HF_TOKEN" A=1
)~"},
    {"taskdef.json",
     R"~({"family": "x", "containerDefinitions": [{"name": "c", "environment": [{"name": "M", "value": "x"}, {"name": "HF_TOKEN", "value": "x"}]}]}
)~"},
    {"cf.yaml", R"~(Resources:
  T:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: x
          Environment:
            - Name: HF_TOKEN
              Value: !Ref Tok
)~"},
    {"main.tf", R"~(resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([
    {
      name = "x"
      environment = [
        { name = "HF_TOKEN", value = var.hf_token },
      ]
    }
  ])
}
)~"},
    {"a.py", R"~(import runpod
runpod.create_pod("x", "img", "gpu", env={"HF_TOKEN": "{{hf_token:matchers}}"})
)~"},
    {"ray.yaml", R"~(entrypoint: python x
runtime_env:
  env_vars:
    HF_TOKEN: abc
)~"},
    {"a.md", R"~(```bash
gcloud run deploy x --set-env-vars=HF_TOKEN=$HF_TOKEN
```
)~"},
    {"a.sh", R"~(ray job submit --runtime-env-json='{"env_vars": {"HF_TOKEN": "'$HF_TOKEN'"}}' -- python x.py
)~"},
    {"a.py", R"~(import modal
@app.function(image=image, env={"HF_TOKEN": os.environ["HF_TOKEN"]})
def f(): pass
)~"},
    {"a.md", R"~(```yaml
resources:
  accelerators: H100:8
envs:
  HF_TOKEN: # filled in at launch
  MODEL: x
run: |
  x
```
)~"},
    {"a.py", R"~(from sagemaker.estimator import Estimator
Estimator(image_uri="x", environment={"HF_TOKEN": hf_token})
)~"},
    {"a.py", R"~(sm = boto3.client("sagemaker")
sm.create_model(PrimaryContainer={"Image": "x", "Environment": {"HF_TOKEN": t}})
)~"},
    {"a.py", R"~(runtime_env = {
  "working_dir": ".",
  "env_vars": {"HUGGING_FACE_HUB_TOKEN": t},
}
ray.init(runtime_env=runtime_env)
)~"},
    {"Makefile", R"~(deploy:
	gcloud run deploy x --set-env-vars HF_TOKEN=$(HF_TOKEN)
)~"},
    {".github/workflows/x.yml", R"~(on: push
jobs:
  d:
    steps:
      - run: |
          az containerapp update -n x \
            --set-env-vars HF_TOKEN=${{ secrets.HF_TOKEN }}
)~"},
    {"cloudbuild.yaml", R"~(steps:
- name: gcr.io/cloud-builders/gcloud
  args: ['run', 'deploy', 'x', '--set-env-vars', 'HF_TOKEN=$_HF']
)~"},
    {"modal_app.py", R"~(import modal

image = modal.Image.from_registry("x").env(
    {
        "HF_HUB_ENABLE_HF_TRANSFER": "1",
        "HF_TOKEN": "hf_...",
    }
)
)~"},
    {"m.py", R"~(import modal
ENV = {"HF_TOKEN": os.environ["HF_TOKEN"]}
image = modal.Image.debian_slim().env(ENV)
)~"},
};
TEST(Platforms, PlainVariable) { expect_found("HF2016", kPlainVariable); }

constexpr MatcherCase kPlainVariableLeavesAlone[] = {
    {"task.yaml", R"~(resources:
  cpus: 2
secrets:
  HF_TOKEN: null
envs:
  MODEL: x
run: python x
)~"},
    {"a.sh", R"~(sky launch task.yaml --secret HF_TOKEN --env MODEL=x
)~"},
    {"a.py", R"~(import modal
@app.function(secrets=[modal.Secret.from_name("hf", required_keys=["HF_TOKEN"])])
def f():
    t = os.environ["HF_TOKEN"]
)~"},
    {"a.py", R"~(import modal
s = modal.Secret.from_dict({"HF_TOKEN": os.environ["HF_TOKEN"]})
)~"},
    {"a.py", R"~(import ray
ray.init(runtime_env={"env_vars": {"HF_HOME": "/x"}})
subprocess.run(c, env={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(from sagemaker.huggingface import HuggingFaceModel
hub = {"HF_MODEL_ID": "m", "SM_NUM_GPUS": "1"}
m = HuggingFaceModel(env=hub)
)~"},
    {"a.sh", R"~(az containerapp create -n x --secrets hf-token=kv --env-vars HF_TOKEN=secretref:hf-token
)~"},
    {"a.sh", R"~(az container create --secure-environment-variables HF_TOKEN=$HF_TOKEN
)~"},
    {"taskdef.json",
     R"~({"containerDefinitions": [{"secrets": [{"name": "HF_TOKEN", "valueFrom": "arn:x"}], "environment": [{"name": "A", "value": "b"}]}]}
)~"},
    {"a.py", R"~(import runpod
runpod.create_pod("x", env={"HF_TOKEN": "{{ RUNPOD_SECRET_hf }}"})
)~"},
    {"a.sh", R"~(gcloud run deploy x --update-secrets=HF_TOKEN=hf:latest --set-env-vars MODEL=x
)~"},
    {"a.py", R"~(env = {"HF_TOKEN": t}
array = [1]
subprocess.run(["x"], env=env)
)~"},
    {"m.py", R"~(import modal
image = modal.Image.debian_slim().env({"HF_HUB_ENABLE_HF_TRANSFER": "1", "HF_HOME": "/c"})
)~"},
    {"x.yaml", R"~(resources:
  cpus: 2
file_mounts:
  /x: y
envs:
  HF_HOME: /x
run: echo $HF_TOKEN
)~"},
    {"x.yaml", R"~(services:
  a:
    environment:
      - HF_TOKEN
)~"},
    {"a.sh", R"~(gcloud run deploy x --set-env-vars MODEL=x --labels hf_token=no
)~"},
    {"a.sh", R"~(modal secret create hf HF_TOKEN=$HF_TOKEN
)~"},
    {"x.yaml", R"~(secrets:
  HF_TOKEN: ${HF_TOKEN}
run: python a
envs:
  MAX_TOKENS: 5
)~"},
};
TEST(Platforms, PlainVariableLeavesAlone) { expect_clean("HF2016", kPlainVariableLeavesAlone); }

TEST(Platforms, VariableThatSkyPilotAsksForIsANote) {
  const FileHits found = hits_in({"t.yaml", "envs:\n  HF_TOKEN: null\nrun: x\n"});
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits[0].severity, Severity::note);
}

}  // namespace
}  // namespace hfscan
