import type { Story } from './demo-story.ts';

export const ENGLISH: readonly Story[] = [
  {
    kind: 'claim', team: 'repairs', tags: ['kettle', 'warranty'], subjects: ['Kettle stopped heating', 'Lumen kettle broken after two months'],
    turns: [
      'Hello,\n\nthe Lumen 1.7 kettle from order {order} switched itself off this morning and will not heat any more. The light comes on for a second and goes out again. I have descaled it as the leaflet says, no difference.\n\nCan it be repaired or do I get a new one?\n\nRegards,\n{first}',
      'Hi {first},\n\nI am sorry about the kettle. From what you describe it is the thermostat, and that is covered by the warranty. A new one leaves our warehouse tomorrow; please keep the old one until the courier brings the replacement and takes it back.\n\nDoes Thursday between 10 and 14 suit you?\n\nKind regards,\n{agent}',
      'Thursday is fine, somebody is at home all morning. Thank you for sorting this out so quickly.',
      'Perfect, it is booked for Thursday. You will get a text message from the courier an hour before.\n\n{agent}',
    ],
    note: 'Third Lumen 1.7 thermostat this month, all from the February batch. Telling purchasing.',
  },
  {
    kind: 'question', team: 'orders', tags: ['delivery'], subjects: ['Where is my parcel?', 'Order {order} has not arrived'],
    turns: [
      'Good morning,\n\nmy order {order} was supposed to arrive on {date}. The tracking page has said "in transit" for four days now and nothing moves. Could you find out where it is? It is a birthday present.\n\nThanks\n{first}',
      'Good morning {first},\n\nI have asked the courier: the parcel was sorted into the wrong van on Monday and is now at the depot in your town. It will be delivered tomorrow before noon. I have refunded the delivery fee, because you waited too long.\n\n{agent}',
      'It came today, just in time. All good!',
    ],
  },
  {
    kind: 'information_request', team: 'billing', tags: ['invoice'], subjects: ['Invoice for order {order}', 'Invoice in the name of our company'],
    turns: [
      'Hi,\n\nplease send me an invoice for order {order}, made out to Northfield Studio Ltd, VAT number GB 417 2290 18. I forgot to tick the box when ordering.\n\nBest,\n{first}',
      'Hi {first},\n\nof course. You find the invoice for {amount} in your account under "Documents"; I have also asked our accounting to post it to the address in the order.\n\nKind regards,\n{agent}',
      'Found it, thank you.',
    ],
  },
  {
    kind: 'service_request', team: 'orders', tags: ['exchange', 'slippers'], subjects: ['Slippers too small, exchange?', 'Exchange for a larger size'],
    turns: [
      'Hello, the felt slippers are lovely, but size 39 is more like a 38. Can I swap them for 40? They have only been worn on the carpet for two minutes.\n\n{first}, order {order}',
      'Hello {first},\n\nsure. I have reserved a pair in size 40 for you. The return label is on its way to you by mail; as soon as the courier scans your parcel, the new pair leaves.\n\nYou are right about the size, by the way: we will add a line to the product page.\n\n{agent}',
      'Sent them off this afternoon from the shop on the corner. Do I need to do anything else?',
      'No, that is all. The new pair has just left us and should be with you on Friday.',
    ],
  },
  {
    kind: 'praise', team: 'orders', priority: 'low', tags: ['praise'], subjects: ['Thank you!', 'A word for your colleague on the phone'],
    turns: [
      'I just want to say that the gentleman who answered the phone yesterday was wonderful. My mother is 84 and a little hard of hearing; he explained three times how to set the timer of the cooker and never lost his patience. You do not get that very often.\n\n{first}',
      'Dear {first},\n\nthat made our morning. I have read your message aloud in the team, and Georgi has gone slightly red. Best wishes to your mother!\n\n{agent}',
    ],
  },
  {
    kind: 'complaint', team: 'orders', priority: 'high', tags: ['courier', 'complaint'], subjects: ['Courier left the parcel in the rain', 'Very unhappy with the delivery'],
    turns: [
      'Your courier put my parcel over the garden gate and drove off. It rained all afternoon. The box of the duvet set (order {order}) is soaked and so is half of what was in it. I was at home and nobody rang.\n\nI expect a replacement and I do not want to pay for sending this one back.\n\n{first}',
      'Dear {first},\n\nthat should not have happened, and I apologise. A new set leaves us today with another courier, who will ring and hand it over. You do not need to send anything back. I have passed your message to the depot manager and will tell you what she answers.\n\n{agent}',
      'Thank you for answering so fast. I do want to hear what the depot says.',
    ],
    note: 'Photos are in the courier portal. Depot says the driver was a stand-in; they will write to us by Friday.',
  },
  {
    kind: 'service_request', team: 'orders', tags: ['cancellation'], subjects: ['Please cancel order {order}', 'Ordered twice by mistake'],
    turns: [
      'Hi, I pressed the button twice and now I have two orders for the same toaster. Please cancel {order} and keep the other one. I hope it has not been packed yet.\n\n{first}',
      'Hi {first},\n\ncaught it in time: {order} is cancelled, the other one leaves today. The {amount} will be back on your card in two to four working days.\n\n{agent}',
    ],
  },
  {
    kind: 'question', team: 'billing', tags: ['voucher'], subjects: ['Discount code does not work', 'WELCOME10 is refused'],
    turns: [
      'Hello,\n\nI signed up for your newsletter and got the code WELCOME10, but at the checkout it says "not valid for this basket". I have a coffee grinder and two packs of filters in it. What am I doing wrong?\n\n{first}',
      'Hello {first},\n\nnothing at all. The grinder is already on offer, and the code cannot be used together with offers; the message could say so. I have made you a code for the filters and delivery: FILTER5. It works until Sunday.\n\n{agent}',
      'Worked. Thanks for the quick help!',
    ],
  },
  {
    kind: 'claim', team: 'repairs', tags: ['wrong item'], subjects: ['Wrong colour delivered', 'Got the grey lamp instead of the green one'],
    turns: [
      'Hi there,\n\nI ordered the desk lamp in green (order {order}) and have received it in grey. The delivery note says green, so I suppose somebody took the wrong box. I would like the green one, please.\n\n{first}',
      'Hi {first},\n\nyes, two boxes side by side in the warehouse. The green lamp leaves today. Would you rather send the grey one back, free of charge, or keep it for half the price?\n\n{agent}',
      'Half price sounds good, I will give it to my daughter.',
      'Done: you have been charged half, and the invoice is in your account. Say hello to your daughter.\n\n{agent}',
    ],
  },
  {
    kind: 'suggestion', team: 'orders', priority: 'low', tags: ['website'], subjects: ['Idea for the shop', 'Please show spare parts on the product page'],
    turns: [
      'Dear team,\n\nwould it be possible to show on each product page which spare parts exist? I was looking for a new lid for the Lumen pan for an hour, and then found it by accident under "Accessories, other". I would have bought it straight away.\n\n{first}',
      'Dear {first},\n\nthat is a good idea, and you are not the first to look for a lid in vain. I have handed it to our web team; they want to try it with pans and kettles first. I will write to you when it is there.\n\n{agent}',
    ],
  },
];
