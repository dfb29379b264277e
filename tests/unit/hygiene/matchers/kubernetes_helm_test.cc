#include <gtest/gtest.h>

#include "containers_support.h"

namespace hfscan {
namespace {

TEST(KubernetesArguments, ATokenAmongThemIsFound) {
  const Example examples[] = {
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--model\", \"x\", \"--hf-token\", "
       "\"$(HF_TOKEN)\"]\n"},
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    command: [\"vllm\", \"serve\", "
       "\"--hf-token=$(HF_TOKEN)\"]\n"},
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args:\n    - --hf-token\n    - "
       "$(HUGGING_FACE_HUB_TOKEN)\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args:\n    - --token=<TOKEN>\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args:\n    - --api-key\n    - <TOKEN>\n"},
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    command: [\"sh\", \"-c\", \"vllm serve --hf-token "
       "$(HF_TOKEN)\"]\n"},
      {"d.json", "{\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"args\":[\"--token=$(HF_TOKEN)\"]}]}}"},
      {"README.md",
       "```yaml\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args:\n    - "
       "\"--hf_token=$(HF_TOKEN)\"\n```\n"},
      {"t/d.yaml",
       "{{- if .a }}\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args:\n    - --hf-token={{ "
       ".Values.hfToken }}\n{{- end }}\n"},
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args:\n    - >-\n      --model x\n      --token "
       "$(HF_TOKEN)\n"},
      {"job.yaml",
       "kind: Job\nspec:\n  template:\n    spec:\n      initContainers:\n      - args: [login, --token, \"$(HF_TOKEN)\"]\n"},
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    command:\n    - python\n    - dl.py\n    - "
       "--hub_token=$(HF_API_TOKEN)\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4010")) << example.path << "\n" << example.text;
  }
}

TEST(KubernetesArguments, OtherOptionsAreNot) {
  const Example examples[] = {
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--max-total-tokens\", \"4096\"]\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--tokenizer=$(TOKENIZER)\"]\n"},
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--token-file=/run/secrets/hf\"]\n"},
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--model=$(MODEL)\"]\n    env:\n    - name: "
       "HF_TOKEN\n      valueFrom: {secretKeyRef: {name: a, key: b}}\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    command: [\"python\", \"serve.py\"]\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    # args: [\"--hf-token=$(HF_TOKEN)\"]\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--hf-token-path=/x\"]\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--token\", \"<token>\"]\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--api-key=$(API_KEY)\"]\n"},
      {"d.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    command: [\"sh\",\"-c\",\"HF_HOME=/x python "
       "a.py\"]\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"$$(HF_TOKEN)\"]\n"},
      {"d.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--env=HF_TOKEN\"]\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4010")) << example.path << "\n" << example.text;
  }
}

TEST(HelmValues, ATokenOnTheCommandLineOrInAValuesFileIsFound) {
  const Example examples[] = {
      {"a.sh", "helm install x ./chart --set huggingface.token=$HF_TOKEN\n"},
      {"a.sh", "helm upgrade x ./chart --set-string hfToken=\"${HF_TOKEN}\"\n"},
      {"a.sh", "helm template x . --set a=b,hf_token=$HF_TOKEN\n"},
      {"Makefile", "up:\n\thelm upgrade --install x . --set env.HF_TOKEN=$(HF_TOKEN)\n"},
      {".github/workflows/d.yml",
       "on: push\njobs:\n  a:\n    runs-on: u\n    steps:\n      - run: helm upgrade x . --set hfToken=${{ secrets.HF_TOKEN "
       "}}\n"},
      {"README.md", "```bash\nhelm install x . \\\n  --namespace a \\\n  --set secrets.hf_token=$HF_TOKEN\n```\n"},
      {"a.sh", "helm install x . --set \"hf-token=$(cat ~/.cache/huggingface/token)\"\n"},
      {"a.sh", "helm install x . --set huggingfaceToken=<TOKEN>\n"},
      {"chart/values-prod.yaml", "a:\n  hfToken: <TOKEN>\n"},
      {"prod.values.yaml", "huggingface:\n  HF_TOKEN: \"<TOKEN>\"\n"},
      {"values.yml", "env:\n  HUGGING_FACE_HUB_TOKEN: '<TOKEN>'\n"},
      {"a.ps1.md", "Run `helm upgrade x . --set hf_token=$HF_TOKEN`.\n"},
      {"a.sh", "helm install x . --set env[0].name=HF_TOKEN --set env[0].value=$HF_TOKEN\n"},
      {"a.sh", "sudo helm --kubeconfig k install --set=hf_token=$HF_TOKEN x .\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4011")) << example.path << "\n" << example.text;
  }
}

TEST(HelmValues, NamesOfSecretsAndPlaceholdersAreNot) {
  const Example examples[] = {
      {"a.sh", "helm install x . --set hfTokenSecret=hf\n"},
      {"a.sh", "helm install x . --set hf.existingSecret=hf-token\n"},
      {"a.sh", "helm install x . --set hfToken.secretName=a --set hfToken.secretKey=b\n"},
      {"a.sh", "helm install x . --set hf_token=\"\"\n"},
      {"a.sh", "helm install x . -f values.yaml --set image.tag=$TAG\n"},
      {"a.sh", "helm install x . --set maxTokens=50\n"},
      {"a.sh", "helm install x . --set-file hf_token=/dev/stdin\n"},
      {"values.yaml", "hfToken: \"\"\nhfTokenSecretName: hf\n"},
      {"values.yaml", "hfToken: \"<your-token>\"\n"},
      {"values.yaml", "huggingface:\n  existingSecret: hf\n  tokenKey: token\n"},
      {"a.sh", "helm install x . --set hfToken.enabled=true\n"},
      {"a.sh", "helm repo add hf https://x\n"},
      {"values.yaml", "hfToken: <PLACEHOLDER>\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4011")) << example.path << "\n" << example.text;
  }
}

}  // namespace
}  // namespace hfscan
