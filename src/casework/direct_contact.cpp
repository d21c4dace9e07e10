#include "casework/direct_contact.h"

#include "casework/arrival.h"
#include "casework/request_kind.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using exchange::Delivered;
using exchange::Disposition;
using message::Type;
using store::Row;
using store::Transaction;

constexpr auto provision = "A4(4)-1";

} // namespace

Result<void> insert_copy(Transaction& t, ContactCopy const& copy)
{
    TRY(t.run("INSERT INTO casework_copy (message, case_number, direction, party, ground, "
              "from_authority, to_authority, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        copy.message, copy.case_number, copy.direction, copy.party, copy.ground,
        copy.from_authority, copy.to_authority, to_text(copy.at)));
    return {};
}

Result<std::vector<ContactCopy>> copies(Transaction& t, std::int64_t limit)
{
    return t.all(
        "SELECT message, case_number, direction, party, ground, from_authority, "
        "to_authority, at FROM casework_copy ORDER BY id DESC LIMIT $1",
        [](Row const& row) {
            auto const at = parse_instant(row.text(7));
            MUST(at.ok()); // this node wrote it itself
            return ContactCopy { row.text(0), row.text(1), row.text(2), row.text(3), row.text(4),
                row.text(5), row.text(6), at.value() };
        },
        limit);
}

exchange::Outgoing copy_of(message::Request const& request, exchange::Sealed const& sent,
    std::string_view gist, Instant now)
{
    MUST(request.direct_ground.has_value());
    auto const& manifest = sent.manifest;
    message::DirectContactCopy const body { request.direct_ground, request.requesting_authority,
        request.requested_authority, now, { manifest.id, {} }, manifest.type,
        std::string { gist } };
    exchange::Outgoing out { Type::direct_contact_copy, manifest.to.state,
        manifest.case_reference };
    out.legal_basis = manifest.legal_basis;
    out.legal_basis.provisions = { provision };
    out.verdict = sent.verdict;
    out.purpose = manifest.purpose;
    out.urgency = manifest.urgency;
    out.personal_data = manifest.personal_data;
    out.retention = manifest.retention;
    out.parts
        = { { json::word(out.type), message::schema_of(out.type), to_bytes(json::to_text(body)) } };
    return out;
}

Result<std::optional<SealedCopy>> seal_copy(exchange::Exchange& exchange,
    message::Request const& request, exchange::Sealed const& sent, Instant now)
{
    if (!request.direct_ground) return std::optional<SealedCopy> {};
    auto const subject = subject_line(request);
    auto outgoing = copy_of(request, sent, subject.empty() ? request.kind : subject, now);
    std::string text { as_text(outgoing.parts.at(0).content) };
    auto sealed = TRY(exchange.seal(std::move(outgoing)));
    return std::optional { SealedCopy { std::move(sealed), std::move(text) } };
}

Result<void> send_copy(Transaction& t, exchange::Exchange& exchange, Casework& casework,
    message::Request const& request, SealedCopy const& copy, std::string const& officer)
{
    auto const& manifest = copy.sealed.manifest;
    auto const& party = manifest.to.state;
    auto const id = TRY(exchange.submit(t, copy.sealed));
    TRY(casework.keep(t, manifest, request.case_number, copy.text));
    TRY(insert_copy(t,
        { id, request.case_number, "out", party, request.direct_ground.value_or(""),
            request.requesting_authority, request.requested_authority, manifest.created_at }));
    return insert_event(t,
        { request.case_number, manifest.created_at, manifest.created_at, "direct-contact-copy-sent",
            officer, id, { provision },
            { { "party", party }, { "authority", request.requested_authority } } });
}

void take_copies(Casework& casework, treaty::Law const& law, std::string own_state)
{
    casework.on_message(Type::direct_contact_copy,
        [&casework, &law, own_state = std::move(own_state)](
            Transaction& t, Delivered const& delivered) -> Result<Disposition> {
            auto const& manifest = delivered.manifest;
            auto const& from = manifest.from.state;
            auto const text = as_text(delivered.parts.at(0).content);
            auto const read
                = json::read_text<message::DirectContactCopy>(text, json::Unknown::keep);
            if (!read.ok()) return rejected(read.error());
            auto const& body = read.value();
            auto const number = incoming_number(from, manifest.case_reference.ours);
            auto const row = TRY(find_case(t, number));
            if (!row || row->request_message != body.original.id)
                return rejected({ Error::Kind::not_found,
                    fmt::format("no request of {} has this id and the number '{}' here", from,
                        manifest.case_reference.ours),
                    "original.id" });
            TRY(casework.keep(t, manifest, number, text));
            TRY(insert_copy(t,
                { manifest.id, number, "in", from, body.direct_ground.value_or(""),
                    body.from_authority, body.to_authority, delivered.received_at }));
            TRY(insert_event(t,
                { number, manifest.created_at, delivered.received_at,
                    "direct-contact-copy-received", node_of(from), manifest.id, { provision },
                    { { "party", from }, { "authority", body.to_authority } } }));
            casework.tell(t, number);
            return Disposition { json::word(treaty::Verdict::permitted), law.version(),
                { { provision, json::word(treaty::Outcome::holds) } } };
        });
}

} // namespace comity::casework
