import DOMPurify from 'dompurify';
import { useEffect, useState } from 'react';
import { api } from '../api/client';

interface Review {
  id: string;
  stars: number;
  title: string;
  body_html: string;
  own: boolean;
}

interface Props {
  productId: string;
  descriptionHtml: string;
}

export default function ReviewList({ productId, descriptionHtml }: Props) {
  const [reviews, setReviews] = useState<Review[]>([]);
  const [error, setError] = useState('');

  useEffect(() => {
    api<{ reviews: Review[] }>(`/reviews/product/${productId}`)
      .then((data) => setReviews(data.reviews))
      .catch((err: Error) => setError(err.message));
  }, [productId]);

  return (
    <section>
      <h2>About this product</h2>
      <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(descriptionHtml) }} />

      <h2>Reviews</h2>
      {error && <p role="alert">{error}</p>}
      <ul>
        {reviews.map((review) => (
          <li key={review.id}>
            <strong>{'★'.repeat(review.stars)}</strong> {review.title}
            {/* Reviews may contain simple formatting. */}
            <div dangerouslySetInnerHTML={{ __html: review.body_html }} />
            {review.own && <em>Your review</em>}
          </li>
        ))}
      </ul>
    </section>
  );
}
