#include "sources/commit_range.h"

#include "base/text.h"
#include "git/memory_content.h"
#include "git/objects.h"
#include "git/refs.h"

namespace hfscan {
namespace {

Item make_item(const ContentStore& store, PlaceKind kind, std::string path, const ObjectId& id) {
  Item item;
  item.path = std::move(path);
  item.object_id = id.hex();
  item.kind = kind;
  item.store = &store;
  return item;
}

Result<std::optional<ObjectId>> named_object(const RepositoryLayout& layout, const std::string& name) {
  if (const std::optional<ObjectId> id = ObjectId::from_hex(name)) return id;
  return resolve_ref(layout, name);
}

}  // namespace

Result<CommitRange> CommitRangeSource::resolve(SourceSink& sink) const {
  CommitRange range;
  const RepositoryLayout& layout = repository_.layout();
  for (const std::string& name : options_.tips) {
    HFSCAN_TRY_ASSIGN(const std::optional<ObjectId> id, named_object(layout, name));
    if (!id) return Error{cat("no such revision: ", quoted(name))};
    if (!id->is_zero()) range.tips.push_back(*id);
  }
  for (const std::string& name : options_.hidden) {
    const auto id = named_object(layout, name);
    if (id.ok() && *id) range.hidden.push_back(**id);
  }
  for (const std::string& prefix : options_.hidden_prefixes) {
    HFSCAN_TRY(for_each_ref(layout, prefix,
                            {[&range](const std::string&, const ObjectId& id) { range.hidden.push_back(id); },
                             [&sink](const std::string& name) {
                               sink.diagnose({name, "ref is broken; it hides nothing"});
                             }}));
  }
  return range;
}

Status CommitRangeSource::for_each(SourceSink& sink) {
  HFSCAN_TRY_ASSIGN(const CommitRange range, resolve(sink));
  RangeVisitor visitor;
  visitor.commit = [&](const ObjectId& id) {
    sink.push(make_item(*this, PlaceKind::commit_message, cat("commit ", id.hex()), id));
  };
  visitor.tag = [&](const ObjectId& id) { sink.push(make_item(*this, PlaceKind::tag_message, cat("tag ", id.hex()), id)); };
  visitor.blob = [&](IntroducedBlob blob) {
    Item item = make_item(*this, PlaceKind::blob, std::move(blob.path), blob.id);
    item.locator = blob.commit.hex();
    sink.push(std::move(item));
  };
  visitor.problem = [&](std::string label, std::string message) { sink.diagnose({std::move(label), std::move(message)}); };
  walk_range(repository_, range, visitor);
  return {};
}

Result<std::unique_ptr<Content>> CommitRangeSource::open(const Item& item) const {
  const std::optional<ObjectId> id = ObjectId::from_hex(item.object_id);
  if (!id) return Error{"not an object id"};
  if (item.kind == PlaceKind::blob) return repository_.open_blob(*id);
  HFSCAN_TRY_ASSIGN(const GitObject object, repository_.read_object(*id));
  std::string_view message;
  if (const std::optional<Commit> commit = parse_commit(object.bytes)) message = commit->message;
  if (object.type == ObjectType::tag) message = parse_tag(object.bytes).value_or(Tag()).message;
  return std::unique_ptr<Content>(std::make_unique<MemoryContent>(std::string(message)));
}

}  // namespace hfscan
