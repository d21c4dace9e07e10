#include "identification/run_contents.h"

#include "exchange/exchange.h"

#include <fmt/format.h>

namespace comity::identification {
namespace {

using casework::CaseRow;
using casework::Officer;
using message::Type;
using store::Transaction;

Result<std::string> text_of(Transaction& transaction, protection::Vault& vault,
    casework::ContentRow const& content, CaseRow const& row, Officer const& officer)
{
    auto opened = TRY(
        casework::open_content(transaction, vault, content, row, officer, casework::Wanted {}));
    if (opened.judgement.permitted()) return std::move(opened.body.text);
    auto const& against = opened.judgement.objections.front();
    return Error { Error::Kind::not_permitted, against.reason, against.provision };
}

} // namespace

Result<message::DnaRunProposal> run_proposal(
    Transaction& transaction, protection::Vault& vault, CaseRow const& row, Officer const& officer)
{
    auto const content = TRY(casework::find_content(transaction, row.request_message));
    if (!content)
        return Error { Error::Kind::not_found, "what was proposed is destroyed", "number" };
    auto const text = TRY(text_of(transaction, vault, *content, row, officer));
    return json::read_text<message::DnaRunProposal>(text, json::Unknown::keep);
}

Result<std::vector<message::DnaRunResult>> run_results(Transaction& transaction,
    protection::Vault& vault, CaseRow const& row, Officer const& officer,
    std::optional<std::int64_t> portion)
{
    std::vector<message::DnaRunResult> out;
    for (auto const& content : TRY(casework::contents_of(transaction, row.number))) {
        if (content.type != json::word(Type::dna_run_result)) continue;
        auto const text = TRY(text_of(transaction, vault, content, row, officer));
        auto result = TRY(json::read_text<message::DnaRunResult>(text, json::Unknown::keep));
        if (!portion || result.portion == *portion) out.push_back(std::move(result));
    }
    return out;
}

Result<std::vector<ConfirmationView>> run_confirmations(
    Transaction& transaction, protection::Vault& vault, CaseRow const& row, Officer const& officer)
{
    std::vector<ConfirmationView> out;
    for (auto const& content : TRY(casework::contents_of(transaction, row.number))) {
        if (content.type != json::word(Type::dna_confirmation)) continue;
        auto const text = TRY(text_of(transaction, vault, content, row, officer));
        auto said = TRY(json::read_text<message::DnaConfirmation>(text, json::Unknown::keep));
        auto const at = TRY(exchange::message_by_id(transaction, content.message)).at;
        out.push_back({ content.message, at, std::move(said) });
    }
    return out;
}

} // namespace comity::identification
