#include <gtest/gtest.h>

#include "containers_support.h"

namespace hfscan {
namespace {

TEST(Terraform, LiteralsOpenVariablesAndPlainEnvironmentsAreFound) {
  const Example examples[] = {
      {"main.tf", "locals {\n  hf_token = \"<TOKEN>\"\n}\n"},
      {"prod.auto.tfvars", "huggingface_token = \"<TOKEN>\"\n"},
      {"vars.tf", "variable \"huggingface_token\" {}\n"},
      {"vars.tf", "variable \"HF_TOKEN\" {\n  type = string\n  sensitive = false\n}\n"},
      {"vars.tf", "variable hf_api_token {\n  description = \"x\"\n}\n"},
      {"ecs.tf",
       "resource \"aws_ecs_task_definition\" \"x\" {\n  container_definitions = jsonencode([{\n    name = \"c\"\n    "
       "environment = [\n      { name = \"HF_TOKEN\", value = var.hf_token }\n    ]\n  }])\n}\n"},
      {"run.tf",
       "resource \"google_cloud_run_service\" \"x\" {\n  template {\n    spec {\n      containers {\n        env {\n          "
       "name  = \"HF_TOKEN\"\n          value = var.hf_token\n        }\n      }\n    }\n  }\n}\n"},
      {"k8s.tf",
       "resource \"kubernetes_deployment\" \"x\" {\n env {\n  name = \"HUGGING_FACE_HUB_TOKEN\"\n  value = local.token\n "
       "}\n}\n"},
      {"vars.tf.json", "{\"variable\": {\"hf_token\": {\"type\": \"string\"}}}"},
      {"x.tfvars.json", "{\"hf_token\": \"<TOKEN>\"}"},
      {"job.nomad", "job \"x\" {\n  task \"y\" {\n    env {\n      HF_TOKEN = \"<TOKEN>\"\n    }\n  }\n}\n"},
      {"lambda.tf",
       "resource \"aws_lambda_function\" \"x\" {\n  environment {\n    variables = {\n      HF_TOKEN = var.hf_token\n    }\n  "
       "}\n}\n"},
      {"README.md", "```hcl\nvariable \"hf_token\" {\n  type = string\n}\n```\n"},
      {"terragrunt.hcl", "inputs = {\n  hf_token = \"<TOKEN>\"\n}\n"},
      {"outputs.tf", "output \"hf_token\" {\n  value = var.hf_token\n}\n"},
      {"vars.pkr.hcl", "variable \"hf_token\" {\n  type = string\n}\n"},
      {"vars.tf", "variable \"hf_token\" {\n  default = \"<TOKEN>\"\n  sensitive = true\n}\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4012")) << example.path << "\n" << example.text;
  }
}

TEST(Terraform, SensitiveVariablesAndSecretManagersAreNot) {
  const Example examples[] = {
      {"vars.tf", "variable \"hf_token\" {\n  type = string\n  sensitive   = true\n}\n"},
      {"vars.tf", "variable \"hf_token\" {\n  type = string\n  ephemeral = true\n}\n"},
      {"vars.tf", "variable \"hf_token_secret_name\" {\n  type = string\n}\n"},
      {"vars.tf", "variable \"max_tokens\" {\n  type = number\n}\n"},
      {"m.tf", "module \"x\" {\n  source = \"./y\"\n  hf_token = var.hf_token\n}\n"},
      {"x.tfvars", "hf_token = \"\"\nregion = \"us\"\n"},
      {"run.tf",
       "resource \"x\" \"y\" {\n  env {\n    name = \"HF_TOKEN\"\n    value_source {\n      secret_key_ref {\n        secret = "
       "\"hf\"\n        version = \"latest\"\n      }\n    }\n  }\n}\n"},
      {"ecs.tf",
       "resource \"a\" \"b\" {\n  secrets = [{ name = \"HF_TOKEN\", valueFrom = aws_secretsmanager_secret.hf.arn }]\n}\n"},
      {"docker-bake.hcl", "variable \"HF_TOKEN\" {}\ntarget \"x\" {\n  secret = [\"id=HF_TOKEN,env=HF_TOKEN\"]\n}\n"},
      {"o.tf", "output \"hf_token\" {\n  value = var.hf_token\n  sensitive = true\n}\n"},
      {"x.tfvars", "hf_token = \"<PLACEHOLDER>\"\n"},
      {"m.tf", "# variable \"hf_token\" {}\nvariable \"region\" {}\n"},
      {"m.tf", "resource \"aws_secretsmanager_secret\" \"hf_token\" {\n  name = \"hf_token\"\n}\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4012")) << example.path << "\n" << example.text;
  }
}

TEST(Nix, WhatLandsInTheStoreIsFound) {
  const Example examples[] = {
      {"configuration.nix", "{ environment.variables.HF_TOKEN = \"<TOKEN>\"; }\n"},
      {"configuration.nix", "{ environment.sessionVariables = {\n  HF_TOKEN = \"secret-value\";\n}; }\n"},
      {"svc.nix", "{ systemd.services.tgi.environment.HF_TOKEN = \"abc123\"; }\n"},
      {"svc.nix", "{ systemd.services.tgi.serviceConfig.Environment = [ \"HF_TOKEN=abc123\" ]; }\n"},
      {"flake.nix", "{ HF_TOKEN = builtins.readFile ./secrets/hf_token; }\n"},
      {"flake.nix", "{ x = lib.fileContents ./huggingface.token; }\n"},
      {"flake.nix", "{ x = lib.strings.fileContents \"${self}/secrets/token.txt\"; }\n"},
      {"shell.nix", "pkgs.mkShell { HF_TOKEN = \"<TOKEN>\"; }\n"},
      {"shell.nix", "pkgs.mkShell { shellHook = ''\n  export HF_TOKEN=<TOKEN>\n''; }\n"},
      {"x.nix", "{ f = pkgs.writeText \"hf-token\" \"abc\"; }\n"},
      {"README.md", "```nix\nhome.sessionVariables.HF_TOKEN = \"<TOKEN>\";\n```\n"},
      {"c.nix", "{ virtualisation.oci-containers.containers.tgi.environment = { \"HF_TOKEN\" = \"abc123\"; }; }\n"},
      {"c.nix", "{ home.file.\".cache/huggingface/token\".text = \"<TOKEN>\"; }\n"},
      {"c.nix", "{ home.file.\".cache/huggingface/token\".source = ./secrets/huggingface.token; }\n"},
      {"c.nix", "let hfToken = \"<TOKEN>\"; in { x = hfToken; }\n"},
      {"c.nix", "{ x = builtins.readFile (./. + \"/secrets/hf-token\"); }\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4013")) << example.path << "\n" << example.text;
  }
}

TEST(Nix, WhatIsReadLaterIsNot) {
  const Example examples[] = {
      {"c.nix", "{ home.sessionVariables.HF_TOKEN = \"$(cat ${config.age.secrets.hf.path})\"; }\n"},
      {"c.nix", "{ HF_TOKEN_PATH = config.sops.secrets.hf_token.path; }\n"},
      {"c.nix", "{ age.secrets.hf_token.file = ./secrets/hf_token.age; }\n"},
      {"c.nix", "{ systemd.services.x.serviceConfig.LoadCredential = \"hf_token:/etc/creds/hf\"; }\n"},
      {"c.nix", "{ systemd.services.x.serviceConfig.EnvironmentFile = config.sops.secrets.\"hf_token\".path; }\n"},
      {"c.nix", "# HF_TOKEN = \"abc\";\n{ a = 1; }\n"},
      {"c.nix", "{ x = builtins.readFile ./tokenizer.json; }\n"},
      {"c.nix", "{ shellHook = ''\n  export HF_TOKEN=$(cat ~/.cache/huggingface/token)\n''; }\n"},
      {"c.nix", "{ shellHook = ''\n  export HF_TOKEN=\"$(< /run/secrets/hf)\"\n''; }\n"},
      {"c.nix", "{ home.sessionVariables = { HF_TOKEN = \"\"; HF_HOME = \"/x\"; }; }\n"},
      {"c.nix", "{ sops.secrets.hf_token = { owner = \"me\"; }; }\n"},
      {"c.nix", "{ x = builtins.readFile ./README.md; }\n"},
      {"c.nix", "{ sops.templates.\"hf.env\".content = \"HF_TOKEN=${config.sops.placeholder.hf_token}\"; }\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4013")) << example.path << "\n" << example.text;
  }
}

TEST(Terraform, TheFixMarksTheVariableSensitive) {
  for (const std::string text :
       {"variable \"hf_token\" {\n  type = string\n}\n", "variable \"hf_token\" {}\n",
        "variable \"hf_token\" { type = string }\n", "variable \"hf_token\" {\n  sensitive = false\n}\n"}) {
    const std::string mended = fixed("a.tf", text, "HF4012");
    EXPECT_NE(mended, text);
    EXPECT_FALSE(is_found("a.tf", mended, "HF4012")) << mended;
  }
}

TEST(Terraform, AVariableSetInTheJsonOfAHereDocumentIsFound) {
  const std::string head = "resource \"aws_ecs_task_definition\" \"a\" {\n  container_definitions = <<EOF\n";
  EXPECT_TRUE(
      is_found("a.tf", head + "[{\"environment\": [{\"name\": \"HF_TOKEN\", \"value\": \"${var.t}\"}]}]\nEOF\n}\n", "HF4012"));
  EXPECT_FALSE(
      is_found("a.tf", head + "[{\"environment\": [{\"name\": \"HF_HOME\", \"value\": \"${var.t}\"}]}]\nEOF\n}\n", "HF4012"));
}

TEST(Terraform, ALiteralIsAnErrorAndAVariableAWarning) {
  EXPECT_EQ(severity_of("a.tf", "variable \"hf_token\" {\n}\n", "HF4012"), Severity::warning);
  EXPECT_EQ(severity_of("a.tf", with_tokens("locals {\n  hf_token = \"<TOKEN>\"\n}\n"), "HF4012"), Severity::error);
}

TEST(Nix, ManyHitsEndAtALimitThatIsSaid) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "HF_TOKEN = \"a\";\n";
  const FileHits found = hits_in("a.nix", text);
  EXPECT_EQ(found.hits.size(), FileCheck::kMostHits);
  EXPECT_EQ(found.gave_up.size(), 1U);
}

}  // namespace
}  // namespace hfscan
