#pragma once

#include "treaty/provision.h"

/// What the articles on officials at work on foreign ground have in common.
namespace comity::treaty {

/// Art. 13(2), 14(3): the offence is one of those that the agreement lists, or any extraditable one
/// where the agreement chose that; none where no agreement says so.
Truth covers_offence(View& view, AgreementTerm offences);

/// Art. 13(6), 15(7): a request for provisional arrest for extradition came before the term was up.
Truth extradition_requested_in_time(View& view, Term const& release);

/// Art. 13(6), 15(7): who is no national of the Party of the arrest is released when the term is up
/// at the latest, unless such a request came before. Our reading: at the very instant it may still
/// be done.
Outcome released_in_time(View& view, ArrestFollowed followed, Term const& release);

} // namespace comity::treaty
