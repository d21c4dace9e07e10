#pragma once

#include "casework/contents.h"
#include "message/identification.h"

/// A comparison as a desk shows it: what was asked, every result, what experts said of its hits.
namespace comity::identification {

struct ResultView {
    std::string message_id;
    Instant at;
    message::DnaResult result;
};
BOOST_DESCRIBE_STRUCT(ResultView, (), (message_id, at, result))

struct ConfirmationView {
    std::string message_id;
    Instant at;
    message::DnaConfirmation confirmation;
};
BOOST_DESCRIBE_STRUCT(ConfirmationView, (), (message_id, at, confirmation))

/// Loci that our profile of a weak hit lacks and that would make it surer, A20(1)-4.
struct TypingOffer {
    std::string match, profile_number;
    std::vector<std::string> loci;
};
BOOST_DESCRIBE_STRUCT(TypingOffer, (), (match, profile_number, loci))

struct DnaCase {
    std::string number;
    std::string requesting, requested;
    std::optional<message::DnaRequest> request; ///< None where it is destroyed.
    std::vector<ResultView> results; ///< As they came.
    std::vector<ConfirmationView> confirmations;
    std::vector<TypingOffer> typing {}; ///< At the requested Party; what was ordered is left out.
};
BOOST_DESCRIBE_STRUCT(
    DnaCase, (), (number, requesting, requested, request, results, confirmations, typing))

/// Of the contents of a comparison those that were opened.
Result<DnaCase> dna_case(store::Transaction& transaction, casework::CaseRow const& row,
    std::span<casework::Opened const> contents);

} // namespace comity::identification
