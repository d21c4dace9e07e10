#include "identification/dna_case.h"

#include "exchange/exchange.h"

namespace comity::identification {
namespace {

using casework::Body;
using message::Type;
using store::Transaction;

template <class T> Result<T> content_of(Body const& body)
{
    return json::read_text<T>(body.text, json::Unknown::keep);
}

Result<void> add(Transaction& transaction, Body const& body, DnaCase& out)
{
    if (body.type == json::word(Type::dna_request)) {
        out.request = TRY(content_of<message::DnaRequest>(body));
        return {};
    }
    auto const at = TRY(exchange::message_by_id(transaction, body.message)).at;
    if (body.type == json::word(Type::dna_result)) {
        auto result = TRY(content_of<message::DnaResult>(body));
        out.results.push_back({ body.message, at, std::move(result) });
    } else if (body.type == json::word(Type::dna_confirmation)) {
        auto confirmation = TRY(content_of<message::DnaConfirmation>(body));
        out.confirmations.push_back({ body.message, at, std::move(confirmation) });
    }
    return {};
}

} // namespace

Result<DnaCase> dna_case(Transaction& transaction, casework::CaseRow const& row,
    std::span<casework::Opened const> contents)
{
    DnaCase out { row.number, row.requesting, row.requested, {}, {}, {} };
    for (auto const& each : contents)
        if (each.judgement.permitted()) TRY(add(transaction, each.body, out));
    return out;
}

} // namespace comity::identification
