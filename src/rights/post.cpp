#include "rights/post.h"

#include "casework/arrival.h"
#include "treaty/fact/general.h"

#include <fmt/format.h>

namespace comity::rights {

using exchange::Delivered;
using exchange::Disposition;
using message::Type;
using store::Transaction;
namespace fact = treaty::fact;

namespace {

constexpr auto retention_rule = "A31(4)(b)-1";

} // namespace

Result<void> check_text(std::string field, std::string_view text)
{
    if (text.empty()) return Error { Error::Kind::malformed, "must be given", std::move(field) };
    if (text.size() > text_bytes_max)
        return Error { Error::Kind::malformed, fmt::format("over {} bytes", text_bytes_max),
            std::move(field) };
    return {};
}

Post::Post(Rooms rooms, Settings settings, Clock clock)
    : rooms_(rooms)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
{
}

Result<casework::CaseRow> case_numbered(Transaction& transaction, std::string_view number)
{
    auto row = TRY(casework::find_case(transaction, number));
    if (row) return *row;
    return Error { Error::Kind::not_found, fmt::format("there is no case '{}'", number), "number" };
}

Result<treaty::Decision> Post::judge(treaty::Measure measure, std::string const& party,
    casework::CaseRow const& row, Tells const& tell) const
{
    casework::RequestDraft addressed;
    addressed.to = party;
    addressed.purpose = row.purpose;
    auto situation = TRY(casework::situation_of(rooms_.law, settings_.of, addressed, clock_()));
    situation.measure = measure;
    situation.facts.tell(fact::case_number, row.number);
    tell(situation.facts);
    return treaty::decide(rooms_.law, situation);
}

Result<exchange::Sealed> Post::seal(Letter const& letter) const
{
    exchange::Outgoing out { letter.type, letter.party, { letter.number, letter.peer_number } };
    out.in_reply_to = letter.answers;
    out.legal_basis = { "PCC SEE", letter.provisions, rooms_.law.version() };
    auto const own = TRY(treaty::PartyCode::parse(settings_.of.party));
    auto const to = TRY(treaty::PartyCode::parse(letter.party));
    auto const way = casework::stamp_of(rooms_.law, { own, to, letter.level }, clock_());
    out.classification = way.classification;
    out.channel = way.channel;
    out.verdict = json::word(treaty::Verdict::permitted);
    out.purpose = letter.purpose;
    out.personal_data = letter.erase_by.has_value();
    if (letter.erase_by) out.retention = message::Retention { *letter.erase_by, retention_rule };
    out.parts = { { json::word(letter.type), message::schema_of(letter.type),
        to_bytes(json::print(letter.content)) } };
    return rooms_.exchange.seal(std::move(out));
}

Result<std::string> Post::submit(Transaction& transaction, Letter const& letter,
    exchange::Sealed const& sealed, std::string_view actor, json::Object facts)
{
    auto const now = clock_();
    auto id = TRY(rooms_.exchange.submit(transaction, sealed));
    TRY(rooms_.casework.keep(
        transaction, sealed.manifest, letter.number, json::print(letter.content)));
    facts["party"] = letter.party;
    TRY(casework::insert_event(transaction,
        { letter.number, now, now, json::word(letter.type) + "-sent", std::string { actor }, id,
            letter.provisions, std::move(facts) }));
    rooms_.casework.tell(transaction, letter.number);
    return id;
}

/// Its rejection where the message itself is at fault.
Result<std::optional<Disposition>> Post::keep(Transaction& transaction, Delivered const& delivered,
    std::string const& number, json::Object facts)
{
    auto const& manifest = delivered.manifest;
    auto const kept = rooms_.casework.keep(
        transaction, manifest, number, as_text(delivered.parts.at(0).content));
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return std::optional { casework::rejected(kept.error()) };
    if (!kept.ok()) return kept.error();
    if (number.empty()) return std::optional<Disposition> {};
    facts["party"] = manifest.from.state;
    TRY(casework::insert_event(transaction,
        { number, manifest.created_at, delivered.received_at, manifest.type + "-received",
            casework::node_of(manifest.from.state), manifest.id, manifest.legal_basis.provisions,
            std::move(facts) }));
    rooms_.casework.tell(transaction, number);
    return std::optional<Disposition> {};
}

Disposition Post::taken(std::vector<std::string> not_understood) const
{
    auto const verdict
        = not_understood.empty() ? treaty::Verdict::permitted : treaty::Verdict::incomplete;
    return { json::word(verdict), rooms_.law.version(), {}, {}, {}, std::move(not_understood) };
}

Result<message::InReplyTo> Post::reply_to(std::string const& id) const
{
    auto const message
        = TRY(rooms_.store.read([&](Transaction& t) { return exchange::message_by_id(t, id); }));
    return message::InReplyTo { id, to_hex(crypto::sha256(message.manifest)) };
}

/// Without personal data where the item is gone.
Result<Letter> Post::letter_on(std::string_view number, std::string const& party,
    std::string const& item, Type type, json::Object content) const
{
    return rooms_.store.read([&](Transaction& t) -> Result<Letter> {
        auto const in = TRY(case_numbered(t, number));
        auto const label = rooms_.vault.label(t, item);
        Letter out { type, party, in.number, {}, std::move(content) };
        if (!in.peer_number.empty()) out.peer_number = in.peer_number;
        bool const may = message::message_type(type).personal_data != message::PersonalData::never;
        if (label.ok() && may) out.erase_by = protection::erase_by(label.value().deadlines);
        if (label.ok() && may) out.level = label.value().level;
        out.purpose = in.purpose;
        return out;
    });
}

} // namespace comity::rights
