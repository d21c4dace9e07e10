#include "casework/contents.h"

#include "casework/access_list.h"
#include "casework/correct_content.h"
#include "casework/related.h"
#include "casework/request_kind.h"
#include "casework/step.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::casework {
namespace {

using protection::Category;
using protection::Label;
using store::Transaction;

constexpr auto retention_rule = "A31(4)(b)-1";
constexpr std::chrono::years adult_age { 18 };
constexpr std::size_t corrections_max = 50;

/// How it lies sealed.
struct Kept {
    std::uint32_t v = 1;
    std::string text;
    std::vector<DecisionRow> decisions {};
    std::optional<std::vector<Corrected>> corrected {};
};
BOOST_DESCRIBE_STRUCT(Kept, (), (v, text, decisions, corrected))

json::Object const* object_at(json::Object const& content, std::string_view member)
{
    auto const* value = content.if_contains(member);
    return value && value->is_object() ? &value->get_object() : nullptr;
}

/// Of a content, or of the answer or request that it carries.
json::Value const* value_at(json::Object const& content, std::string_view member)
{
    if (auto const* found = content.if_contains(member)) return found;
    for (auto const* inner : { "answer", "request" })
        if (auto const* carried = object_at(content, inner))
            if (auto const* found = carried->if_contains(member)) return found;
    return nullptr;
}

message::Handling handling_in(json::Object const& content)
{
    auto const* value = value_at(content, "handling");
    if (!value) return {};
    auto read = json::read<message::Handling>(*value, json::Unknown::keep);
    return read.ok() ? read.take() : message::Handling {};
}

/// Everybody whom the Convention or the law of the child protects more, by what the members say.
class Categories {
public:
    explicit Categories(Instant now)
    {
        std::chrono::year_month_day const today { std::chrono::floor<std::chrono::days>(now) };
        adult_since_ = std::chrono::sys_days { today - adult_age };
    }
    void walk(json::Value const& value)
    {
        if (auto const* list = value.if_array())
            for (auto const& each : *list) walk(each);
        auto const* object = value.if_object();
        if (!object) return;
        for (auto const& member : *object) {
            look(member.key(), member.value());
            walk(member.value());
        }
    }
    std::vector<Category> take() { return std::move(out_); }

private:
    void look(std::string_view name, json::Value const& value)
    {
        if (name == "witness" && value.is_object()) add(Category::witness);
        if (name == "dnaProfiles" || name == "fingerprints" || name == "photos")
            add(Category::biometric);
        auto const* text = value.if_string();
        if (!text) return;
        if (name == "kind" && *text == json::word(treaty::Kind::witness_protection))
            add(Category::protected_person);
        if (name == "role" && *text == "victim") add(Category::victim);
        if (name == "role" && *text == "witness") add(Category::witness);
        if (name != "birthDate") return;
        auto const born = parse_date(*text);
        if (born.ok() && born.value() > adult_since_) add(Category::minor);
    }
    void add(Category category)
    {
        if (!std::ranges::count(out_, category)) out_.push_back(category);
    }

    Date adult_since_ {};
    std::vector<Category> out_;
};

void take_handling(Label& label, Supplied const& supplied, json::Object const& content)
{
    label.handling = handling_in(content);
    for (auto const& code : supplied.handling)
        if (!std::ranges::count(label.handling.codes, code)) label.handling.codes.push_back(code);
    if (auto const* value = value_at(content, "evaluation"))
        if (auto read = json::read<message::Evaluation>(*value, json::Unknown::keep); read.ok())
            label.evaluation = read.take();
}

/// Art. 4(1) itself passes a request on to whoever is competent; nothing else goes on by itself.
bool is_request(std::string_view type, json::Object const& content)
{
    return type == json::word(message::Type::request) || content.contains("request");
}

protection::Deadlines deadlines_of(Settings const& settings, Supplied const& supplied, Instant now)
{
    protection::Deadlines out;
    if (supplied.erase_by)
        out.own_rule = *supplied.erase_by;
    else if (supplied.personal_data)
        out.own_rule = usual_erase_by(settings, now);
    else
        out.own_rule = no_last_day;
    if (supplied.owner != settings.party) out.sender = supplied.erase_by;
    return out;
}

Opened closed(ContentRow const& row, std::string provision, std::string reason)
{
    Opened out { { row.message, row.number, row.type, {} }, {} };
    out.judgement.objections.push_back({ std::move(provision), std::move(reason) });
    return out;
}

} // namespace

Supplied supplied_by(message::Manifest const& manifest)
{
    return { manifest.from.state, manifest.purpose, manifest.legal_basis.provisions,
        manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt,
        manifest.personal_data, static_cast<std::uint8_t>(manifest.classification.level),
        manifest.handling };
}

std::vector<std::string> handling_codes(json::Object const& content)
{
    auto codes = handling_in(content).codes;
    std::ranges::sort(codes);
    codes.erase(std::ranges::unique(codes).begin(), codes.end());
    return codes;
}

Label label_of(Settings const& settings, Supplied const& supplied, std::string_view type,
    json::Object const& content, Instant now)
{
    Label out;
    out.owner = supplied.owner;
    out.purpose = supplied.purpose;
    out.legal_basis = supplied.provisions;
    if (out.legal_basis.empty()) out.legal_basis = { "A31(4)(a)-1" };
    out.deadlines = deadlines_of(settings, supplied, now);
    out.level = supplied.level;
    take_handling(out, supplied, content);
    bool const own = supplied.owner == settings.party;
    out.onward_transfer = own || is_request(type, content);
    out.evidence_use = own;
    Categories categories { now };
    categories.walk(content);
    out.categories = categories.take();
    if (type.starts_with("undercover-")) out.categories.push_back(Category::covert);
    return out;
}

Result<void> keep_content(Transaction& transaction, protection::Vault& vault,
    NewContent const& content, std::string_view officer)
{
    Kept const kept { 1, std::string { content.text }, content.decisions, {} };
    protection::NewItem const item { content.row.message, content.label,
        to_bytes(json::to_text(kept)), {}, {}, json::to_text(content.heading) };
    auto const put = vault.put(transaction, item, { std::string { officer }, content.row.number });
    if (!put.ok() && put.error().field == "label.deadlines")
        return Error { put.error().kind, put.error().what, "eraseBy" };
    if (!put.ok()) return put.error();
    if (content.row.number.empty()) return {}; // nobody sees it in a case
    TRY(index_marks(transaction, vault, content));
    auto row = content.row;
    row.level = content.label.level;
    return insert_content(transaction, row);
}

protection::Use use_of(
    CaseRow const& row, Officer const& officer, Wanted const& wanted, bool needs_to_know)
{
    protection::Use out;
    out.officer = officer.account;
    out.clearance = officer.clearance;
    out.compartments = officer.compartments;
    out.needs_to_know = needs_to_know;
    out.need = row.number;
    out.purpose = wanted.purpose.value_or(row.purpose);
    out.ground = wanted.ground;
    out.justification = wanted.justification;
    out.operation = wanted.operation;
    out.as_evidence = wanted.as_evidence;
    out.onward_to = wanted.onward_to;
    return out;
}

Result<Opened> open_content(Transaction& transaction, protection::Vault& vault,
    ContentRow const& content, CaseRow const& row, Officer const& officer, Wanted const& wanted)
{
    bool const needs = !TRY(refused_to_open(transaction, row.number, officer, vault.now()));
    auto read = vault.read(transaction, content.message, use_of(row, officer, wanted, needs));
    if (!read.ok() && read.error().kind == Error::Kind::not_found)
        return closed(content, retention_rule, "It was destroyed: its key is gone.");
    if (!read.ok()) return read.error();
    auto const& got = read.value();
    Opened out { { content.message, content.number, content.type, {} }, got.judgement };
    if (!got.content) return out;
    auto kept = TRY(json::read_text<Kept>(as_text(*got.content), json::Unknown::refuse));
    out.body.text = std::move(kept.text);
    out.decisions = std::move(kept.decisions);
    out.heading = read_heading(got.heading);
    out.corrected = kept.corrected.value_or(std::vector<Corrected> {});
    return out;
}

Result<std::vector<Opened>> open_contents(Transaction& transaction, protection::Vault& vault,
    CaseRow const& row, Officer const& officer, Wanted const& wanted)
{
    std::vector<Opened> out;
    for (auto const& content : TRY(contents_of(transaction, row.number)))
        out.push_back(TRY(open_content(transaction, vault, content, row, officer, wanted)));
    return out;
}

namespace {

/// For the node's own work on it, whose it is whatever its purpose.
Result<protection::Read> read_to_alter(Transaction& transaction, protection::Vault& vault,
    std::string_view message, protection::Actor const& actor)
{
    auto const label = TRY(vault.label(transaction, message));
    protection::Use use;
    use.officer = actor.officer;
    use.need = actor.need;
    use.needs_to_know = true;
    use.clearance = label.level;
    use.compartments = Officer { "node" }.compartments;
    use.purpose = label.purpose;
    use.operation = protection::Operation::alter;
    auto out = TRY(vault.read(transaction, message, use));
    if (out.judgement.permitted()) return out;
    return Error { Error::Kind::conflict, out.judgement.objections.front().reason, "message" };
}

Heading heading_after(ContentRow const& row, std::string const& text, std::string const& before)
{
    auto const request = request_in({ row.message, row.number, row.type, text });
    auto out = read_heading(before);
    if (out.plate.empty() && out.subject.empty() && out.offence.empty()) return out;
    return request.ok() ? heading_of(request.value()) : out;
}

} // namespace

Result<bool> correct_content(Transaction& transaction, protection::Vault& vault,
    ContentRow const& row, std::span<CorrectedMember const> members, Corrected correction,
    protection::Actor const& actor)
{
    auto const read = TRY(read_to_alter(transaction, vault, row.message, actor));
    auto kept = TRY(json::read_text<Kept>(as_text(*read.content), json::Unknown::refuse));
    auto content = TRY(json::parse(kept.text));
    correction.paths = TRY(correct(row.type, content, members));
    if (correction.paths.empty()) return false;
    if (!kept.corrected) kept.corrected.emplace();
    if (kept.corrected->size() >= corrections_max)
        return Error { Error::Kind::too_large,
            fmt::format("it was corrected {} times, the limit", corrections_max), "members" };
    kept.text = json::print(content);
    correction.before = fmt::format("{}/before/{}", row.message, kept.corrected->size() + 1);
    auto const earlier = correction.before;
    kept.corrected->push_back(std::move(correction));
    protection::Replacement const fresh { to_bytes(json::to_text(kept)),
        json::to_text(heading_after(row, kept.text, read.heading)), {}, earlier };
    TRY(vault.replace(transaction, row.message, fresh, actor));
    TRY(index_marks(transaction, vault, { row, kept.text }));
    return true;
}

Heading heading_of(message::Request const& request)
{
    return { request.vehicle ? request.vehicle->plate.value_or("") : std::string {},
        subject_line(request), request.offence };
}

Heading read_heading(std::optional<std::string> const& text)
{
    if (!text) return {};
    auto read = json::read_text<Heading>(*text, json::Unknown::keep);
    return read.ok() ? read.take() : Heading {};
}

std::string text_at(json::Object const& object, std::string_view member)
{
    auto const* value = object.if_contains(member);
    return value && value->is_string() ? std::string { value->get_string() } : std::string {};
}

} // namespace comity::casework
