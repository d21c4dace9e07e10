#include "rights/need.h"

#include "casework/arrival.h"
#include "casework/correct_content.h"
#include "treaty/fact/exchange.h"
#include "treaty/fact/general.h"

#include <fmt/format.h>

#include <algorithm>

/// Art. 31(4)(c) from the side of whoever sent the data: what is wrong, at every receiver; and what
/// they say became of it.
namespace comity::rights {

using exchange::Delivered;
using exchange::Disposition;
using message::CorrectionGround;
using message::Type;
using store::Transaction;
namespace fact = treaty::fact;

namespace {

constexpr std::size_t members_max = 200;

/// A value of some name, and every place at which the same stands.
class Places {
public:
    Places(std::string_view name, json::Value const& value)
        : name_(name)
        , value_(value)
    {
    }
    void walk(json::Value const& at, std::string const& path)
    {
        if (auto const* list = at.if_array())
            for (std::size_t i = 0; i < list->size(); ++i)
                look_at((*list)[i], fmt::format("{}[{}]", path, i));
        auto const* object = at.if_object();
        if (!object) return;
        for (auto const& member : *object) {
            auto const below = path.empty()
                ? std::string { member.key() }
                : fmt::format("{}.{}", path, std::string_view { member.key() });
            if (member.key() == name_ && member.value() == value_) out.push_back(below);
            walk(member.value(), below);
        }
    }
    std::vector<std::string> out {};

private:
    /// Files stand in lists, without a name of their own.
    void look_at(json::Value const& each, std::string const& path)
    {
        if (name_.empty() && each == value_) out.push_back(path);
        walk(each, path);
    }
    std::string_view name_;
    json::Value const& value_;
};

std::string_view last_name(std::string_view path)
{
    auto const dot = path.find_last_of('.');
    return dot == path.npos ? path : path.substr(dot + 1);
}

/// Its members at the places where the copy says the same.
std::vector<CorrectedMember> same_in(
    json::Value const& copy, json::Value const& item, std::span<CorrectedMember const> members)
{
    std::vector<CorrectedMember> out;
    for (auto const& member : members) {
        auto const* wrong = casework::find_member(item, member.path);
        bool const file = wrong && casework::names_file(*wrong);
        if (!wrong || wrong->is_array() || (wrong->is_object() && !file)) continue;
        Places places { file ? std::string_view {} : last_name(member.path), *wrong };
        places.walk(copy, {});
        for (auto& path : places.out)
            if (out.size() < members_max) out.push_back({ std::move(path), member.correct_value });
    }
    return out;
}

/// A file is named alone.
std::optional<std::string> value_told(json::Value const& value)
{
    if (casework::names_file(value)) return {};
    return value.is_string() ? std::string { value.get_string() } : json::print(value);
}

treaty::DataFault fault_of(CorrectionGround ground)
{
    return ground == CorrectionGround::unlawfully_sent ? treaty::DataFault::unlawful
                                                       : treaty::DataFault::wrong;
}

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Result<void> check(CorrectionDraft const& draft)
{
    bool const unlawful = draft.ground == CorrectionGround::unlawfully_sent;
    if (unlawful && !draft.members.empty())
        return malformed("members", "what was sent unlawfully is destroyed, not corrected");
    if (!unlawful && draft.members.empty())
        return malformed("members", "say which member is wrong and what is right");
    if (draft.members.size() > members_max)
        return malformed("members", fmt::format("over {} members", members_max));
    if (draft.text && draft.text->size() > text_bytes_max)
        return malformed("text", fmt::format("over {} bytes", text_bytes_max));
    return {};
}

} // namespace

bool carries(json::Value const& copy, json::Value const& item)
{
    auto const* inner = copy.is_object() ? copy.get_object().if_contains("request") : nullptr;
    return copy == item || (inner && *inner == item);
}

Result<json::Value> text_to_alter(Transaction& transaction, protection::Vault& vault,
    casework::CaseRow const& row, casework::ContentRow const& content)
{
    auto const label = TRY(vault.label(transaction, content.message));
    casework::Wanted wanted { .operation = protection::Operation::alter };
    wanted.purpose = label.purpose;
    auto const opened
        = TRY(casework::open_content(transaction, vault, content, row, node_for(label), wanted));
    if (!opened.judgement.permitted())
        return Error { Error::Kind::conflict, opened.judgement.objections.front().reason, "item" };
    return json::parse(opened.body.text);
}

Officer node_for(protection::Label const& label)
{
    Officer out { "node" };
    out.clearance = label.level;
    return out;
}

/// Every other message of the case that left with the same data of the same State in it, by the
/// register's own entries. What another State supplied is its own, also where it says the same.
Result<std::vector<Rights::Copy>> Rights::copies_of(Transaction& transaction, Item const& item,
    CorrectionGround ground, std::span<CorrectedMember const> members)
{
    auto const wrong = TRY(text_to_alter(transaction, rooms_.vault, item.row, item.content));
    auto const owner = TRY(rooms_.vault.label(transaction, item.content.message)).owner;
    std::vector<Copy> out;
    for (auto const& content : TRY(casework::contents_of(transaction, item.row.number))) {
        auto const label = rooms_.vault.label(transaction, content.message);
        if (!label.ok() || label.value().owner != owner) continue;
        auto const message = exchange::message_by_id(transaction, content.message);
        if (!message.ok() || message.value().direction != "out" || !message.value().entry) continue;
        if (content.message == item.content.message) continue;
        auto const copy = text_to_alter(transaction, rooms_.vault, item.row, content);
        if (!copy.ok()) continue; // gone, or closed: nothing of it is held
        Copy found { content, message.value().peer, {} };
        if (ground != CorrectionGround::unlawfully_sent)
            found.members = same_in(copy.value(), wrong, members);
        bool const whole
            = ground == CorrectionGround::unlawfully_sent && carries(copy.value(), wrong);
        if (whole || !found.members.empty()) out.push_back(std::move(found));
    }
    return out;
}

/// Our own copies say what is right, and each receiver has a notice to come.
Result<void> Rights::plan(Transaction& transaction, Item const& item,
    std::vector<Copy> const& copies, CorrectionGround ground, casework::Corrected const& correction,
    protection::Actor const& actor)
{
    for (auto const& copy : copies) {
        if (!copy.members.empty())
            TRY(casework::correct_content(
                transaction, rooms_.vault, copy.content, copy.members, correction, actor));
        // Whoever told us knows already.
        if (copy.party == correction.by) continue;
        TRY(insert_notice(transaction,
            { 0, true, json::word(Type::correction), copy.party, copy.content.message,
                item.row.number, json::word(ground), correction.at }));
    }
    return {};
}

Result<Told> Rights::correct(
    std::string_view number, CorrectionDraft const& draft, Officer const& officer)
{
    TRY(check(draft));
    Told out;
    out.refused = TRY(refused_to_see(rooms_, number, officer));
    if (out.refused) return out;
    protection::Actor const actor { officer.account, std::string { number } };
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto const item = TRY(item_in(t, number, draft.item));
        if (item.message.direction != "out" || !item.message.entry)
            return Error { Error::Kind::conflict,
                "only what this State sent is its to correct; a doubt about what came is told to "
                "its sender (A31(4)(c)-4)",
                "item" };
        out.decision = TRY(judge_correction(
            item.row, item.message.peer, treaty::DataRole::supplier, draft.ground));
        if (out.decision->verdict != treaty::Verdict::permitted) return {};
        auto copies = TRY(copies_of(t, item, draft.ground, draft.members));
        copies.insert(copies.begin(), { item.content, item.message.peer, draft.members });
        TRY(plan(
            t, item, copies, draft.ground, { clock_(), settings_.of.party, {}, {}, {} }, actor));
        return answer_doubts(t, draft.item);
    }));
    if (out.decision->verdict != treaty::Verdict::permitted) return out;
    out.messages = TRY(send_planned(number, draft.text, officer.name));
    return out;
}

Result<treaty::Decision> Rights::judge_correction(casework::CaseRow const& row,
    std::string const& party, treaty::DataRole role, CorrectionGround ground) const
{
    return post_.judge(treaty::Measure::correction, party, row, [&](treaty::Facts& facts) {
        facts.tell(fact::data_role, role);
        facts.tell(fact::data_fault, fault_of(ground));
        facts.tell(fact::unlawful_use, false);
        facts.tell(fact::accuracy_circumstance, true);
        facts.tell(fact::personal_data, ground != CorrectionGround::unlawfully_sent);
    });
}

/// What a receiver doubted is settled by the correction that follows.
Result<void> Rights::answer_doubts(Transaction& transaction, std::string const& item)
{
    for (auto row : TRY(notices_on(transaction, item))) {
        if (row.kind != json::word(Type::doubt_notice) || row.state != NoticeState::open) continue;
        row.state = NoticeState::corrected;
        row.settled_at = clock_();
        row.answer = item;
        TRY(update_notice(transaction, row));
    }
    return {};
}

/// What it says now at each place that was corrected since. Nothing where it is gone.
Result<std::optional<Letter>> Rights::letter_for(
    NoticeRow const& notice, std::optional<std::string> const& text)
{
    return rooms_.store.write([&](Transaction& t) -> Result<std::optional<Letter>> {
        auto const content = TRY(casework::find_content(t, notice.item));
        auto const row = TRY(case_numbered(t, notice.case_number));
        if (!content) return std::optional<Letter> {};
        auto const label = TRY(rooms_.vault.label(t, notice.item));
        message::Correction said { { { notice.item, {} } },
            *json::from_word<CorrectionGround>(notice.ground), {}, text };
        casework::Wanted wanted { .operation = protection::Operation::disclose };
        wanted.purpose = label.purpose;
        auto const opened
            = TRY(casework::open_content(t, rooms_.vault, *content, row, node_for(label), wanted));
        if (!opened.judgement.permitted()) return std::optional<Letter> {};
        auto const now = TRY(json::parse(opened.body.text));
        for (auto const& each : opened.corrected)
            for (auto const& path : each.paths)
                if (auto const* value = casework::find_member(now, path);
                    value && each.at >= notice.at)
                    said.members.push_back({ path, value_told(*value) });
        Letter out { Type::correction, notice.party, row.number, {},
            json::write(said).as_object() };
        if (!row.peer_number.empty()) out.peer_number = row.peer_number;
        if (!said.members.empty()) out.erase_by = protection::erase_by(label.deadlines);
        out.purpose = row.purpose;
        if (!said.members.empty()) out.level = label.level;
        return std::optional { std::move(out) };
    });
}

Result<std::optional<std::string>> Rights::send_one(
    NoticeRow const& notice, std::optional<std::string> const& text, std::string_view actor)
{
    auto letter = TRY(letter_for(notice, text));
    auto const row = TRY(
        rooms_.store.read([&](Transaction& t) { return case_numbered(t, notice.case_number); }));
    if (!letter) { // Gone here on its day, and there on the same.
        TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
            auto over = notice;
            over.state = NoticeState::destroyed;
            over.settled_at = clock_();
            over.answer = notice.item;
            return update_notice(t, over);
        }));
        return std::optional<std::string> {};
    }
    auto const decision = TRY(judge_correction(row, notice.party, treaty::DataRole::supplier,
        *json::from_word<CorrectionGround>(notice.ground)));
    if (decision.verdict != treaty::Verdict::permitted) return std::optional<std::string> {};
    letter->provisions = casework::provisions_held(decision);
    auto const sealed = TRY(post_.seal(*letter));
    return rooms_.store.write([&](Transaction& t) -> Result<std::optional<std::string>> {
        auto fresh = TRY(find_notice(t, notice.place));
        // Another process was first.
        if (!fresh || fresh->message != notice.message || fresh->chases != notice.chases)
            return std::optional<std::string> {};
        json::Object facts { { "ground", notice.ground } };
        bool const again = !notice.message.empty();
        if (again) facts["chased"] = std::to_string(notice.chases + 1);
        auto const id = TRY(post_.submit(t, *letter, sealed, actor, std::move(facts)));
        if (!again) fresh->message = id;
        if (again) ++fresh->chases;
        if (again) fresh->chased_at = clock_();
        TRY(update_notice(t, *fresh));
        return std::optional { id };
    });
}

Result<std::vector<std::string>> Rights::send_planned(
    std::string_view number, std::optional<std::string> const& text, std::string_view actor)
{
    auto const all = TRY(rooms_.store.read([&](Transaction& t) { return notices_in(t, number); }));
    std::vector<std::string> out;
    for (auto const& each : all) {
        bool const planned = each.sent && each.message.empty()
            && each.kind == json::word(Type::correction) && each.state == NoticeState::open;
        if (!planned) continue;
        if (auto id = TRY(send_one(each, text, actor))) out.push_back(std::move(*id));
    }
    return out;
}

/// The receiver's word on each item: it settles what we asked that State for, nothing else.
Rights::Taken Rights::receive_confirmation(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::DestructionConfirmation>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    std::string number;
    auto const settle = [&](std::string const& item, NoticeState state,
                            std::optional<std::uint64_t> entry, Instant at) -> Result<bool> {
        bool found = false;
        for (auto row : TRY(notices_on(transaction, item))) {
            if (!row.sent || row.party != manifest.from.state || row.state != NoticeState::open
                || row.kind != json::word(Type::correction))
                continue;
            row.state = state;
            row.entry = entry;
            row.settled_at = at;
            row.answer = manifest.id;
            if (state == NoticeState::kept) row.reason = said.reason.value_or("");
            number = row.case_number;
            found = true;
            TRY(update_notice(transaction, row));
        }
        return found;
    };
    std::vector<std::string> unknown;
    std::string_view result = "kept";
    for (std::size_t i = 0; i < said.destroyed.size(); ++i) {
        auto const& each = said.destroyed[i];
        result = "destroyed";
        if (!TRY(settle(
                each.message.id, NoticeState::destroyed, each.register_entry, each.destroyed_at)))
            unknown.push_back(fmt::format("destroyed[{}]", i));
    }
    for (auto const& each : said.corrected.value_or(std::vector<message::CorrectedItem> {})) {
        result = "corrected";
        TRY(settle(each.message.id, NoticeState::corrected, {}, each.corrected_at));
    }
    for (auto const& each : said.kept)
        TRY(settle(each.id, NoticeState::kept, {}, delivered.received_at));
    if (auto rejected = TRY(post_.keep(transaction, delivered, number, { { "result", result } })))
        return *rejected;
    return post_.taken(number.empty() ? std::vector<std::string> { "notice" } : unknown);
}

} // namespace comity::rights
