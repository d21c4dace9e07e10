#include "identification/dna_case.h"

#include "casework/casework_store.h"
#include "exchange/exchange.h"
#include "identification/identification.h"

#include <fmt/format.h>

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

Result<DnaCase> dna_case(Transaction& transaction, std::string_view number)
{
    auto const row = TRY(casework::find_case(transaction, number));
    if (!row || row->kind != dna_kind)
        return Error { Error::Kind::not_found,
            fmt::format("no comparison has the number '{}'", number), "number" };
    DnaCase out { row->number, row->requesting, row->requested, {}, {}, {} };
    for (auto const& body : TRY(casework::bodies_of(transaction, number)))
        TRY(add(transaction, body, out));
    return out;
}

} // namespace comity::identification
