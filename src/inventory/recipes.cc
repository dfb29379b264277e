// Tested by tests/unit/inventory/recipes_test.cc.
#include "inventory/recipes.h"

#include <algorithm>
#include <array>

#include "base/shell_word.h"
#include "base/text.h"

namespace hfscan {
namespace {

using enum ValueIs;

constexpr std::string_view kEditor = R"("${EDITOR:-vi}" {path})";
constexpr std::string_view kAgain = "hfscan remediate inventory no longer says 'leaked  yes' for this file";

// Sources of the commands: cli/cli (gh secret set), glab's manual, huggingface_hub's cli/{spaces,jobs,inference_endpoints}.py,
// git-credential(1), kubectl's and Docker's references.
constexpr std::array kRecipes = {
    // ---- continuous integration
    Recipe{"github-actions-secret", "GitHub Actions secret", "ci", elsewhere,
           R"(read -rs NEW && printf %s "$NEW" | gh secret set {name}{--env}; unset NEW)",
           "gh secret list{--env} --json name,updatedAt   # {name} later than the revocation",
           "A workflow does not say whether a secret is the repository's, an environment's (--env) or the organisation's "
           "(--org): set it "
           "where 'gh secret list' shows it.",
           "ENVIRONMENT"},
    Recipe{"github-actions-variable", "GitHub Actions variable", "ci", elsewhere,
           R"(read -rs NEW && printf %s "$NEW" | gh secret set {name}{--env}; unset NEW; gh variable delete {name}{--env})",
           "gh variable list{--env} --json name,updatedAt   # {name} is gone",
           "A variable is shown in plain text: make it a secret, and write secrets.{name} for vars.{name} in the workflow.",
           "ENVIRONMENT"},
    Recipe{"gitlab-variable", "GitLab CI/CD variable", "ci", elsewhere,
           R"(read -rs NEW && printf %s "$NEW" | glab variable update {name} -m; unset NEW)",
           "a new pipeline passes; GitLab shows no date for a variable",
           "A hidden variable cannot be updated: delete it and make it again. A variable of a group needs --group."},
    Recipe{"circleci-variable", "CircleCI variable", "ci", elsewhere,
           R"(read -rs NEW && printf %s "$NEW" | circleci context store-secret --org-id ORG_ID CONTEXT {name}; unset NEW)",
           "a new pipeline passes; the last characters in the project's settings are those of the new token",
           "A variable of the project, not of a context, is set on the web: Project Settings, Environment Variables."},
    Recipe{"ci-variable", "variable of a CI system", "ci", elsewhere, "", "a new run of the pipeline passes",
           "Set {name} in the settings of the CI system, on its web page."},
    Recipe{"trusted-publisher", "Trusted Publisher of the Hub", "ci", nowhere, "",
           "nothing to replace: each run gets a token of its own that lives an hour"},

    // ---- Hugging Face
    Recipe{"hf-job", "Hugging Face Job", "training", nowhere, "hf auth login --force",
           "hf jobs ps -a   # jobs that were started before the new login are ended",
           "A job gets the token when it starts: log in anew, start it again, and 'hf jobs cancel' those that still run with "
           "the old one."},
    Recipe{"hf-scheduled-job", "scheduled Hugging Face Job", "training", elsewhere,
           "hf auth login --force && hf jobs scheduled ps -a", "hf jobs scheduled ps -a   # a new id, and the old one is gone",
           "A scheduled job keeps the token it was made with: 'hf jobs scheduled inspect ID' names its secrets; make it again, "
           "then "
           "'hf jobs scheduled delete ID' the old one."},
    Recipe{"hf-space-secret", "secret of a Space", "production", elsewhere,
           R"(read -rs NEW && hf spaces secrets add {scope} --secrets-file <(printf '%s=%s\n' {name} "$NEW"); unset NEW)",
           "hf spaces secrets ls {scope}   # {name} later than the revocation",
           "For bash and zsh. The Space restarts. A static Space has no secrets: what it shows everybody can read.",
           "USER/SPACE"},
    Recipe{
        "inference-endpoint", "Inference Endpoint", "production", elsewhere,
        R"(read -rs NEW && printf %s "$NEW" | python3 -c 'import sys, huggingface_hub as h; h.update_inference_endpoint(sys.argv[1], secrets={sys.argv[2]: sys.stdin.read()})' {scope} {name}; unset NEW)",
        "the endpoint is running again and answers; it shows no date for a secret",
        "Name every secret of the endpoint: whether others are kept is not documented.", "ENDPOINT"},

    // ---- containers and infrastructure
    Recipe{
        "compose", "Compose file", "production", elsewhere, "docker compose -f {path} up -d --force-recreate",
        "docker compose -f {path} ps   # containers are younger than the new value",
        "First replace the value where {name} comes from: the .env file beside it, an env_file, a secret file, or the shell."},
    Recipe{
        "kubernetes-secret", "Kubernetes secret", "production", elsewhere,
        R"(read -rs NEW && printf %s "$NEW" | kubectl create secret generic {name}{--namespace} --from-file={key}=/dev/stdin --dry-run=client -o yaml | kubectl apply{--namespace} --server-side -f -; unset NEW)",
        "kubectl get secret {name}{--namespace} --show-managed-fields -o jsonpath='{.metadata.managedFields[*].time}'   # "
        "later than the "
        "revocation; then kubectl rollout restart what uses it",
        "A secret with further keys needs them all in this command; one that a controller fills (ExternalSecret, SealedSecret) "
        "is replaced "
        "at its source.",
        "NAMESPACE"},
    Recipe{"dockerfile", "Dockerfile", "production", elsewhere,
           "docker build --secret id={key},src=\"${HF_HOME:-$HOME/.cache/huggingface}/token\" -f {path} .",
           "docker history --no-trunc IMAGE shows no token; images built before are deleted, in the registry too",
           "A token in ENV or ARG is in every image built with it: take it out, mount it with RUN --mount=type=secret, and "
           "build again."},
    Recipe{"docker-secret", "Docker secret", "production", elsewhere,
           R"(read -rs NEW && printf %s "$NEW" | docker secret create {name}_v2 -; unset NEW)",
           "docker secret ls   # the new one is in use, the old one is removed",
           "A secret cannot be changed: docker service update --secret-rm OLD --secret-add source=NEW,target={name} SERVICE."},
    Recipe{"terraform", "Terraform variable", "production", elsewhere, "terraform apply", "terraform plan   # no changes",
           "Terraform asks for a variable without a value; where it comes from a .tfvars file or TF_VAR_{name}, replace it "
           "there. The state "
           "keeps the old value in its earlier versions."},
    Recipe{
        "sagemaker", "SageMaker", "training", elsewhere,
        R"(read -rs NEW && printf %s "$NEW" | aws secretsmanager put-secret-value --secret-id SECRET_ID --secret-string file:///dev/stdin; unset NEW)",
        "aws secretsmanager describe-secret --secret-id SECRET_ID --query LastChangedDate",
        "The environment of a model or a training job is shown by DescribeModel and cannot be changed: make the model and its "
        "endpoint "
        "configuration again."},

    // ---- files
    Recipe{"notebook", "notebook", "local", nowhere, "", "the notebook runs with the new token",
           "It reads {name}: on Colab and Kaggle replace the secret {name} on the web page; elsewhere log in anew."},
    Recipe{"dotenv", "dotenv file", "local", in_file, kEditor, kAgain, "Restart what has read the file."},
    Recipe{"config-file", "configuration file", "production", in_file, kEditor, kAgain,
           "Better: let it name a variable or a secret, and keep no token in it."},
    Recipe{"netrc", ".netrc", "local", in_file, kEditor, kAgain, "Mode 600: chmod 600 {path}."},
    Recipe{"git-remote-url", "token in a remote URL", "local", in_file, "git config -f {path} {key} {scope}",
           "git remote -v   # no user name and no token before the host",
           "git asks for the new token at the next push, and its credential helper keeps it.", "URL"},
    Recipe{
        "git-credential-store", "store of git's credentials", "local", in_file,
        R"(printf 'url=https://huggingface.co\n\n' | git credential reject; read -rs NEW && printf 'url=https://huggingface.co\nusername=hf_user\npassword=%s\n\n' "$NEW" | git credential approve; unset NEW)",
        kAgain, "With credential.useHttpPath=true there is an entry for each repository: reject each path."},
    Recipe{"token-file", "token file", "local", in_file, R"(read -rs NEW && (umask 077; printf %s "$NEW" >{path}); unset NEW)",
           kAgain,
           "For the file of huggingface_hub in a terminal with a browser: hf auth logout --token-name NAME, then hf auth login "
           "--force."},
    Recipe{"stored-tokens", "stored tokens of huggingface_hub", "local", in_file,
           "hf auth list; hf auth logout --token-name NAME && hf auth login --force", kAgain,
           "Logging out deletes local copies only: it revokes nothing."},
    Recipe{"shell-history", "shell history", "local", in_file, kEditor, kAgain,
           "Delete the lines, then end every open shell: each writes its own history when it ends."},
    Recipe{"shell-startup", "start-up file of a shell", "local", in_file, kEditor, kAgain,
           "Take the token out and log in with hf auth login; shells that are open keep the old value."},
    Recipe{"process-environment", "environment of this shell", "local", elsewhere, "unset {name}",
           "printenv {name} prints nothing",
           "It was set by a start-up file, a parent process or by hand: replace it there, too."},
    Recipe{"process-arguments", "arguments of a running process", "local", elsewhere, "",
           "the process is ended; hfscan host no longer shows it", "Start it again without the token in its arguments."},
    Recipe{"script", "script", "local", in_file, kEditor, kAgain, "Let it read a variable."},
    Recipe{"literal", "the token itself in a file", "local", in_file, kEditor, kAgain,
           "Replace the token by a reference to a variable or a secret; 'hfscan fix' shows how."},
    Recipe{"code", "code that reads it", "local", nowhere, "", "nothing to replace: it reads {name}"},
};

// An option with its value, or nothing.
std::string option(std::string_view name, const std::string& value) {
  return value.empty() ? "" : cat(" ", name, " ", shell_word(value, "SCOPE"));
}

// Of the home, as the shell has it: "~/.netrc" must not be quoted.
std::string path_word(const std::string& path) {
  if (!path.starts_with("~/")) return shell_word(path.starts_with('-') ? cat("./", path) : path, "FILE");
  const std::string rest = shell_word(path.substr(2), "");
  return rest.empty() ? "FILE" : cat("~/", rest);
}

std::string value_of(std::string_view field, const UsePlace& place, const Recipe& recipe) {
  if (field == "name") return shell_word(place.name, "NAME");
  if (field == "key") return shell_word(place.key, "KEY");
  if (field == "path") return path_word(place.path);
  if (field == "scope") return shell_word(place.scope, recipe.scope_word);
  if (field == "--env") return option("--env", place.scope);
  if (field == "--namespace") return option("--namespace", place.scope);
  return cat("{", field, "}");
}

std::string filled(std::string_view text, const UsePlace& place, const Recipe& recipe) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('{', at), text.size());
    out += text.substr(at, open - at);
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) return out.append(text.substr(open));
    const std::string_view field = text.substr(open + 1, close - open - 1);
    const bool is_field = !field.empty() && field.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
    out += is_field ? value_of(field, place, recipe) : std::string(text.substr(open, 1));
    at = is_field ? close + 1 : open + 1;
  }
  return out;
}

}  // namespace

std::span<const Recipe> recipes() { return kRecipes; }

const Recipe* recipe_for(std::string_view kind) {
  const auto* found = std::find_if(kRecipes.begin(), kRecipes.end(), [kind](const Recipe& r) { return r.kind == kind; });
  return found == kRecipes.end() ? nullptr : found;
}

UsePlace settled(UsePlace place) {
  UsePlace plain;  // what commands may be made of
  const auto settle = [&](std::string UsePlace::*field) {
    std::string safe = safe_text(place.*field);
    if (safe == place.*field) plain.*field = safe;
    place.*field = std::move(safe);
  };
  for (std::string UsePlace::*field : {&UsePlace::name, &UsePlace::alias_of, &UsePlace::scope, &UsePlace::key, &UsePlace::path,
                                       &UsePlace::updated_at, &UsePlace::role_place})
    settle(field);
  const Recipe* recipe = recipe_for(place.kind);
  if (recipe == nullptr) return place;
  if (place.role_place.empty()) place.role_place = recipe->role_place;
  place.command = filled(recipe->command, plain, *recipe);
  place.check = filled(recipe->check, plain, *recipe);
  place.caution = filled(recipe->caution, plain, *recipe);
  return place;
}

}  // namespace hfscan
