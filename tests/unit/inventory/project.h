// A repository as people have them: a model that is trained by a Job, served by a cluster and shown in a Space.
#pragma once

#include <string>

#include "rules/fixture.h"
#include "rules/rule_set.h"
#include "support/scratch_repository.h"

namespace hfscan::test {

inline const RuleSet& builtin_rules() {
  static const RuleSet kRules;
  return kRules;
}

inline std::string fixture_token(std::string_view name) { return *expand_fixture("{{hf_token:" + std::string(name) + "}}"); }

inline void write_project(const ScratchRepository& repository, const std::string& leaked, const std::string& other) {
  repository.write(".gitignore", ".env\nsecrets/\n");
  repository.write(".github/workflows/upload.yml",
                   "on: push\n"
                   "jobs:\n"
                   "  upload:\n"
                   "    environment: production\n"
                   "    runs-on: ubuntu-latest\n"
                   "    steps:\n"
                   "      - run: hf upload me/model .\n"
                   "        env:\n"
                   "          HF_TOKEN: ${{ secrets.HUGGINGFACE_TOKEN }}\n"
                   "  test:\n"
                   "    steps:\n"
                   "      - run: pytest\n"
                   "        env: {HF_TOKEN: '${{ secrets.MODEL_READER }}', OTHER: '${{ secrets.NPM_TOKEN }}'}\n"
                   "  call:\n"
                   "    uses: ./.github/workflows/reuse.yml\n"
                   "    secrets: inherit\n");
  repository.write(
      ".github/workflows/reuse.yml",
      "on:\n  workflow_call:\n    secrets:\n      HF_TOKEN: {required: true}\n"
      "jobs:\n  a:\n    steps:\n      - run: git push https://me:${{ secrets.HF_TOKEN }}@huggingface.co/spaces/me/demo main\n");
  repository.write(".gitlab-ci.yml", "job:\n  variables:\n    HF_TOKEN: $HUB_SECRET\n  script: [\"hf download a/b\"]\n");
  repository.write(".circleci/config.yml", "jobs:\n  a:\n    steps:\n      - run: test -n \"$HF_TOKEN\"\n");
  repository.write("docker-compose.yml",
                   "services:\n  api:\n    environment:\n      - HF_TOKEN=${HF_TOKEN}\n      - HF_TOKEN_PATH=/x\n");
  repository.write(
      "deploy/k8s.yaml",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: ml}\nspec:\n  template:\n    spec:\n"
      "      containers:\n        - name: api\n          env:\n            - name: HF_TOKEN\n              valueFrom:\n"
      "                secretKeyRef:\n                  name: hf-credentials\n                  key: token\n");
  repository.write("Dockerfile", "FROM python:3.12\nARG HF_TOKEN\nRUN --mount=type=secret,id=hf_token hf download a/b\n");
  repository.write("infra/main.tf",
                   "variable \"hf_token\" { sensitive = true }\nresource \"x\" \"y\" { env = { HF_TOKEN = var.hf_token } }\n");
  repository.write("notebooks/train.ipynb",
                   "{\"cells\": [{\"cell_type\": \"code\", \"metadata\": {}, \"outputs\": [], \"source\": [\"import os\\n\", "
                   "\"t = os.environ['HF_TOKEN']\"]}], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}\n");
  repository.write("jobs/train.py",
                   "from huggingface_hub import run_job, create_scheduled_job\n"
                   "run_job(image='python:3.12', command=['python', 'a.py'], secrets={'HF_TOKEN': get_token()})\n"
                   "create_scheduled_job(schedule='@daily', image='x', command=['y'], secrets={'HF_TOKEN': get_token()})\n");
  repository.write("jobs/run.sh", "hf jobs run --secrets HF_TOKEN python:3.12 python a.py\nexport HF_TOKEN\n");
  repository.write("sagemaker/deploy.py",
                   "import sagemaker\nfrom sagemaker.huggingface import HuggingFaceModel\n"
                   "m = HuggingFaceModel(env={'HUGGING_FACE_HUB_TOKEN': t}, role=r)\n");
  repository.write("space/README.md", "---\ntitle: Demo\nsdk: gradio\n---\nSet HF_TOKEN.\n");
  repository.write("space/app.py", "import os\ntoken = os.environ.get('HF_TOKEN')\n");
  repository.write("README.md", "Export HF_TOKEN, then run it.\n");
  repository.write(".env", "# HF_TOKEN=old\nHF_TOKEN=" + leaked + "\nHF_TOKEN_DEV=" + other + "\nPORT=1\n");
  repository.write("secrets/huggingface.token", leaked + "\n");
  repository.write(".netrc", "machine huggingface.co login me password " + leaked + "\n");
  repository.write("src/client.py", "TOKEN = '" + leaked + "'\n");
  repository.git({"remote", "add", "origin", "git@github.com:me/model.git"});
  repository.git({"remote", "add", "hub", "https://me:" + leaked + "@huggingface.co/spaces/me/demo"});
}

}  // namespace hfscan::test
